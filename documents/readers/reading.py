"""The one door for files: checks size and kind, then hands over to the reader of the format."""

from __future__ import annotations

from pathlib import PurePath

from documents.readers.original import Original, assemble
from documents.readers.plain import read_plain


def read(data: bytes, name: str) -> Original:
    """The lines of a file; ``UnreadableFile`` says in Chinese what is wrong with it."""
    PurePath(name)
    return assemble(read_plain(data))
