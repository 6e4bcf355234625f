"""The one door for files: checks size and kind, then hands over to the reader of the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from documents.readers.legacy import modern
from documents.readers.original import Original, RawLine, UnreadableFile, assemble, bounded
from documents.readers.pdf import read_pdf
from documents.readers.plain import read_plain
from documents.readers.sheets import read_csv, read_xlsx
from documents.readers.web import read_html
from documents.readers.word import read_docx

SIZE_LIMIT = 20 * 1024 * 1024
TEXT_LIMIT = 500_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_READERS: dict[str, Callable[[bytes], list[RawLine]]] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".xlsx": read_xlsx,
    ".csv": read_csv,
}
_REFUSED = {
    ".ofd": "暂不能直接读取 .ofd 格式。请用阅读器另存为 .pdf 或 .docx 格式，再重新上传。",
    ".rtf": "暂不能直接读取 .rtf 格式。请用 Word 或 WPS 打开后另存为 .docx 格式，再重新上传。",
    ".docm": "不接收带宏的文件。请用 Word 或 WPS 另存为 .docx 格式，再重新上传。",
    ".xlsm": "不接收带宏的文件。请用 Excel 或 WPS 另存为 .xlsx 格式，再重新上传。",
}
_SCAN = "文件中没有可以读取的文字。如果是扫描件，请先做文字识别，或改传 Word 版本。"


def read(data: bytes, name: str) -> Original:
    """The lines of a file; ``UnreadableFile`` says in Chinese what is wrong and what to do.

    It takes the time and the memory that the file makes it take: documents.bounded sets the limits.
    """
    data, name = modern(data, name)
    suffix = PurePath(name).suffix.lower()
    _check(data, suffix)
    lines = bounded(_READERS[suffix](data))
    if not any(line.text.strip() for line in lines):
        raise UnreadableFile(_SCAN)
    if sum(len(line.text) for line in lines) > TEXT_LIMIT:
        raise UnreadableFile(
            f"文件内容过多（超过{TEXT_LIMIT // 10_000}万字）。请只保留方案正文和任务分工表后重新上传。"
        )
    return assemble(lines)


def _check(data: bytes, suffix: str) -> None:
    if not data:
        raise UnreadableFile("文件是空的。请检查后重新上传。")
    if len(data) > SIZE_LIMIT:
        raise UnreadableFile("文件超过20兆字节。请压缩其中的图片或拆分后重新上传。")
    if suffix in _REFUSED:
        raise UnreadableFile(_REFUSED[suffix])
    if suffix not in _READERS:
        raise UnreadableFile("不支持这种文件格式。请上传 .docx、.pdf、.xlsx、.html、.csv 或 .txt 文件。")
    _check_kind(data, suffix)


def _check_kind(data: bytes, suffix: str) -> None:
    """The first bytes must agree with the extension: it is what people see, so it must be true."""
    kind = _kind(data)
    if suffix in (".docx", ".xlsx"):
        if kind == "旧版 Office":
            raise UnreadableFile(
                "文件已加密，或者是旧版格式改了扩展名。请取消密码或另存为新版格式后重新上传。"
            )
        fits = kind == "新版 Office"
    else:
        fits = kind == "PDF" if suffix == ".pdf" else not kind
    if not fits:
        found = f"文件内容是 {kind} 格式，与扩展名不符" if kind else "文件内容与扩展名不符"
        raise UnreadableFile(f"{found}。请确认文件没有损坏，并用原来的扩展名重新上传。")


def _kind(data: bytes) -> str:
    if data.startswith(_OLE):
        return "旧版 Office"
    if data.startswith(_ZIP):
        return "新版 Office"
    # a PDF may begin with a few foreign bytes; a text may speak of one
    return "PDF" if data.startswith(_PDF) or (_PDF in data[:1024] and b"\x00" in data[:4096]) else ""
