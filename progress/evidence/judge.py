"""One choice of files, judged one by one: what is wrong with one does not keep the others out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from departments.files import plain_name
from progress.evidence.kinds import Kind, NotTaken, kind_of, named

COUNT_LIMIT = 10  # beside one report or one request
LIMIT_MB = 10  # one file
_MB = 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """A file that may be taken: read, of a known kind, under a name that fits it."""

    name: str
    data: bytes
    kind: Kind
    sha256: str


def limit_mb() -> int:
    """How large one file may be; an installation that takes less takes less here, too."""
    return min(LIMIT_MB, int(settings.UPLOAD_LIMIT_MB))


def judge(
    files: Iterable[UploadedFile[bytes]], known: Mapping[str, str] | None = None
) -> tuple[list[Sent], list[str]]:
    """What of a choice may be taken, and a sentence for each file that is not.

    `known` holds what is there already: the names by digest.
    """
    there, taken, faults = dict(known or {}), list[Sent](), list[str]()
    for file in files:
        try:
            sent = read(file)
            refuse_more(sent, there)
        except NotTaken as refused:
            faults.append(refused.reason)
        else:
            there[sent.sha256] = sent.name
            taken.append(sent)
    return taken, faults


def read(file: UploadedFile[bytes]) -> Sent:
    """Read a file once its size is known to be bearable."""
    name, size = plain_name(file.name or ""), file.size or 0
    if not size:
        raise NotTaken(f"“{name}”是空的，请检查后重新选择。")
    if size > limit_mb() * _MB:
        raise NotTaken(f"“{name}”有{size / _MB:.1f}MB，超过{limit_mb()}MB。请压缩或者分开后上传。")
    data = file.read()
    kind = kind_of(data, name)
    return Sent(named(name, kind), data, kind, hashlib.sha256(data).hexdigest())


def refuse_more(file: Sent, there: Mapping[str, str]) -> None:
    """Refuse the same file a second time, and one too many; `there` are names by digest."""
    if file.sha256 in there:
        raise NotTaken(f"“{file.name}”与已有的“{there[file.sha256]}”内容相同，没有重复上传。")
    if len(there) >= COUNT_LIMIT:
        raise NotTaken(f"“{file.name}”没有上传：最多{COUNT_LIMIT}个文件，可以先移除不需要的。")
