"""The archive's file: gzip of JSON lines, every entry of a day and then the day's seal.

It can be checked with nothing but itself: `digest.py` tells how a seal follows from the lines before it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from audit.digest import Digest, line_of
from audit.models import Entry, Seal

_SEAL = '{"seal":'
_CHUNK = 1 << 20


class Unreadable(Exception):
    """The file is damaged or is none of ours."""


@dataclass(frozen=True)
class SealedDay:
    """A seal as the file has it."""

    day: str
    last_id: int
    count: int
    previous: str
    digest: str

    @classmethod
    def of(cls, seal: Seal) -> SealedDay:
        """The seal as the database has it."""
        return cls(seal.day.isoformat(), seal.last_id, seal.count, seal.previous, seal.digest)


@dataclass(frozen=True)
class DayRead:
    """A day of the file: its seal as written, and what its lines really give."""

    seal: SealedDay
    count: int
    digest: str

    @property
    def holds(self) -> bool:
        """Whether the lines are those that were sealed."""
        return (self.seal.count, self.seal.digest) == (self.count, self.digest)


def write_file(path: Path, seals: Iterable[Seal], *, after_id: int) -> None:
    """Write the days of `seals`, whose first one covers the entries after `after_id`; on disk when it returns."""
    with path.open("wb") as raw:
        os.fchmod(raw.fileno(), 0o600)
        # Without a name and a time in its head the same entries always give the same file.
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
            for seal in seals:
                for entry in Entry.objects.between(after_id, seal.last_id).iterator(chunk_size=2000):
                    packed.write(line_of(entry).encode("utf-8", "surrogatepass") + b"\n")
                packed.write(_seal_line(seal).encode() + b"\n")
                after_id = seal.last_id
        raw.flush()
        os.fsync(raw.fileno())


def _seal_line(seal: Seal) -> str:
    return json.dumps({"seal": asdict(SealedDay.of(seal))}, separators=(",", ":"))


def read_file(path: Path) -> Iterator[DayRead]:
    """Each day of a file with the digest that its lines give; raises Unreadable."""
    lines: list[str] = []
    try:
        with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass", newline="\n") as text:
            for line in text:
                if line.startswith(_SEAL):
                    yield _day(SealedDay(**json.loads(line)["seal"]), lines)
                    lines = []
                else:
                    lines.append(line.rstrip("\n"))
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError) as problem:
        raise Unreadable(path.name) from problem
    if lines:
        raise Unreadable(path.name)


def _day(seal: SealedDay, lines: list[str]) -> DayRead:
    digest = Digest(seal.previous, date.fromisoformat(seal.day))
    for line in lines:
        digest.add(line)
    return DayRead(seal, digest.count, digest.close(seal.last_id))


def sha256_of(path: Path) -> str:
    """The digest of a whole file."""
    total = hashlib.sha256()
    with path.open("rb") as raw:
        while chunk := raw.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()
