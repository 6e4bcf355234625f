"""PDF with text in it; a scan has none and is refused."""

from __future__ import annotations

import io
import logging

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from documents.readers.kerning import spread
from documents.readers.layout import Fragment, Tables, text_lines
from documents.readers.margins import without_margins
from documents.readers.original import RawLine, UnreadableFile, row

PAGE_LIMIT = 400
TEXT_LIMIT = 3_000_000
#: less text than this on all pages together is that of stamps on a scan
TEXT_LEAST = 20
_TOO_LARGE = "文件内容过大，已停止读取。请只保留方案正文和任务分工表，重新生成 PDF 后上传。"
_BROKEN = "文件已损坏，无法打开。请重新生成 PDF，或改传 Word 版本。"


def read_pdf(data: bytes) -> list[RawLine]:
    """The lines of each page; page breaks are joined later, by what the lines say."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("文件设有密码。请取消密码后重新上传。")
        return _pages(reader)
    except UnreadableFile:
        raise
    except LimitReachedError as error:
        raise UnreadableFile(_TOO_LARGE) from error
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OSError,
        OverflowError,
        AssertionError,
        NotImplementedError,
    ) as error:
        # pypdf raises what the broken structure happens to trigger; all of it means the same to the reader
        raise UnreadableFile(_BROKEN) from error


def _pages(reader: PdfReader) -> list[RawLine]:
    if len(reader.pages) > PAGE_LIMIT:
        raise UnreadableFile(f"文件超过{PAGE_LIMIT}页。请只保留方案正文和任务分工表后重新上传。")
    lines: list[RawLine] = []
    tables = Tables()
    for page, content in enumerate(without_margins(_contents(reader)), 1):
        for line in content:
            lines += [_line(piece, page) for piece in tables.feed(line)]
    lines += [_line(piece, len(reader.pages)) for piece in tables.close()]
    if sum(len(line.text) for line in lines) < TEXT_LEAST:
        raise UnreadableFile("文件中没有文字，可能是扫描件。请先做文字识别，或改传 Word 版本。")
    return lines


def _contents(reader: PdfReader) -> list[list[list[Fragment]]]:
    """The lines of each page as pieces with their places."""
    pages: list[list[list[Fragment]]] = []
    left = TEXT_LIMIT
    for page in reader.pages:
        spread(page, reader)
        found = _fragments(page)
        left -= sum(len(one.text) for one in found)
        if left < 0:
            raise UnreadableFile("文件文字过多。请只保留方案正文和任务分工表后重新上传。")
        pages.append(text_lines(found))
    return pages


def _line(piece: list[str] | str, page: int) -> RawLine:
    return row(piece, page) if isinstance(piece, list) else RawLine(piece, "paragraph", page)


def _fragments(page: PageObject) -> list[Fragment]:
    """The pieces of text of a page with their places."""
    found: list[Fragment] = []

    def keep(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            letter = abs(size * (tm[3] or tm[0] or 1.0) * (cm[3] or 1.0)) or 1.0
            found.append(Fragment(x, y, letter, text.strip("\r\n")))

    page.extract_text(visitor_text=keep)
    return found
