"""Plain text: papers copied from web pages or taken out of PDF files by other tools."""

from __future__ import annotations

import re

from documents.readers.original import RawLine, UnreadableFile, row

ENCODINGS = ("utf-8-sig", "gb18030")
CELL_LIMIT = 600
_NO_TEXT = "文件内容不是文本，可能是其他格式改了扩展名。请上传原来的文件。"
#: control characters that no text holds; a form feed, a vertical tab and an end-of-file mark do occur
_NOISE = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_USUAL = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\x09\x0a\x0d\x20-\x7e]")
MARKDOWN_HEADING = re.compile(r"^\s*#{1,6}\s+(?=\S)")


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-16, UTF-8 with or without a mark, else GB 18030."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = _decode(data, ("utf-16",))
    elif b"\x00" in data:
        text = _wide(data)
    else:
        text = _decode(data, ENCODINGS)
    if _NOISE.search(text):
        raise UnreadableFile(_NO_TEXT)
    return text


def _decode(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("文件的文字编码无法识别。请用记事本打开后另存为 UTF-8 编码的文本文件，再重新上传。")


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: of the two orders of bytes, the one that gives Chinese."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_USUAL.findall(text)) > 0.9 * len(text):
            return text
    raise UnreadableFile(_NO_TEXT)


def read_plain(data: bytes) -> list[RawLine]:
    """Lines as they stand; a line with tabs between words is a table row."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    return [_line(one) for one in text.split("\n")]


def _line(text: str) -> RawLine:
    heading = MARKDOWN_HEADING.match(text)
    if heading:
        return RawLine(text[heading.end() :].rstrip(), "heading")
    cells = [cell.strip() for cell in text.split("\t")]
    if (
        sum(1 for cell in cells if cell) >= 2
        and max(map(len, cells)) <= CELL_LIMIT
        and text.lstrip(" ") == text.lstrip()
    ):
        return row(cells)
    return RawLine(text)
