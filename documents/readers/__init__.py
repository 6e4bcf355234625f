"""Reading a file: bytes in, lines out, whatever the format; what cannot be read says why."""

from documents.readers.original import Line, Original, UnreadableFile
from documents.readers.reading import read

__all__ = ["Line", "Original", "UnreadableFile", "read"]
