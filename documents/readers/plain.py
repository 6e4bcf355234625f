"""Plain text: papers copied from web pages or taken out of PDF files by other tools."""

from __future__ import annotations

import re

from documents.readers.original import RawLine, UnreadableFile, row

ENCODINGS = ("utf-8-sig", "gb18030")
CELL_LIMIT = 600
MARKDOWN_HEADING = re.compile(r"^\s*#{1,6}\s+(?=\S)")


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-16 with its mark, UTF-8 with or without one, else GB 18030."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decode(data, ("utf-16",))
    return _decode(data, ENCODINGS)


def _decode(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("文件的文字编码无法识别。请用记事本打开后另存为 UTF-8 编码的文本文件，再重新上传。")


def read_plain(data: bytes) -> list[RawLine]:
    """Lines as they stand; a line with tabs between words is a table row."""
    if b"\x00" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableFile("文件内容不是文本，可能是其他格式改了扩展名。请上传原来的文件。")
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
