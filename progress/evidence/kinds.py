"""Which files are taken as 佐证材料: told by their bytes, never by their name. No database here."""

from __future__ import annotations

from dataclasses import dataclass

from sheets.archives import UnreadableFile, open_archive

WANTED = "可上传PDF、图片（jpg、png）、Word（docx）和Excel（xlsx）。"


class NotTaken(Exception):
    """The file is not taken; `reason` names it and says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Kind:
    """A kind of file, the ends that its name may have, and whether a browser shows it by itself."""

    media_type: str
    suffixes: tuple[str, ...]
    shown: bool = False


PDF = Kind("application/pdf", (".pdf",), shown=True)
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), shown=True)
PNG = Kind("image/png", (".png",), shown=True)
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
KINDS = (PDF, JPEG, PNG, DOCX, XLSX)
SHOWN = frozenset(kind.media_type for kind in KINDS if kind.shown)
ACCEPT = ",".join(suffix for kind in KINDS for suffix in kind.suffixes)

_STARTS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_ARCHIVE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of a file; NotTaken says why it is none of ours."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(_ARCHIVE):
        return _office(data, name)
    if data.startswith(_OLD_OFFICE):
        raise NotTaken(f"“{name}”是旧格式（doc、xls）或者加了密码。请另存为不加密码的docx或xlsx后上传。")
    raise _none_of_ours(name)


def _none_of_ours(name: str) -> NotTaken:
    """What to say: who sees a name that ends in .pdf would not believe that PDF is taken."""
    if name.lower().endswith(tuple(suffix for kind in KINDS for suffix in kind.suffixes)):
        return NotTaken(
            f"“{name}”的内容与扩展名不符，可能已损坏或者改过名。请打开核对，另存后重新选择。{WANTED}"
        )
    return NotTaken(f"“{name}”不是可以上传的文件。{WANTED}")


def named(name: str, kind: Kind) -> str:
    """The name with an end that fits the content, so that nothing is opened as what it is not."""
    if name.lower().endswith(kind.suffixes):
        return name
    return name[-(200 - len(kind.suffixes[0])) :] + kind.suffixes[0]


def _office(data: bytes, name: str) -> Kind:
    """Word or Excel: the archive is measured and looked through, and holds the heart of one of them."""
    heart = next((heart for heart in _HEARTS if heart.encode() in data), "")
    if not heart:
        raise _none_of_ours(name)
    try:
        open_archive(data, heart).close()
    except UnreadableFile as problem:
        raise NotTaken(f"“{name}”没有上传：{problem}") from problem
    return _HEARTS[heart]
