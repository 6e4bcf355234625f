"""Hostile and broken files: refused in words, in bounded time and memory, and nothing of them stays."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as configured
from pypdf import PdfReader, PdfWriter
from pytest_django import Settings

from audit.models import Entry
from departments.tests.factories import make_jurisdiction
from documents.bounded import MEMORY, SECONDS, read_and_parse
from documents.models import Draft, PolicyDocument
from documents.readers import UnreadableFile, read
from documents.tests import hostile
from documents.tests.factories import MORNING
from documents.upload import take_in

# A file is read in a process of its own, which knows no database.
pytestmark = pytest.mark.once

XML = {"word/document.xml": b"<a/>"}


def locked(algorithm: str, user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(hostile.pdf_page(hostile.LINE))))
    writer.encrypt(user, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    return hostile.archive({"word/document.xml": b" " * 200_000_000})


FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("a.docx", bomb, "解压后过大"),
    "zip bomb in a zip": ("a.docx", lambda: hostile.archive({"a.docx": bomb()}), "与扩展名不符"),
    "zip bomb with a false size": (
        "a.docx",
        lambda: hostile.lying(hostile.paragraphs(200_000), "word/document.xml"),
        "损坏",
    ),
    "entity bomb": ("a.docx", lambda: hostile.docx(**{"word/a.xml": hostile.LAUGHS}), "外部引用"),
    "entity bomb in a sheet": (
        "a.xlsx",
        lambda: hostile.archive({"xl/workbook.xml": hostile.LAUGHS}),
        "外部引用",
    ),
    "external entity": (
        "a.docx",
        lambda: hostile.archive({"word/document.xml": hostile.OUTSIDE}),
        "外部引用",
    ),
    "locked pdf": ("a.pdf", lambda: locked("RC4-128", "secret"), "密码"),
    "locked pdf, AES-128": ("a.pdf", lambda: locked("AES-128", "secret"), "密码"),
    "locked pdf, AES-256": ("a.pdf", lambda: locked("AES-256", "secret"), "密码"),
    "locked docx": ("a.docx", lambda: hostile.ole("EncryptedPackage"), "加密"),
    "locked docx named doc": ("a.doc", lambda: hostile.ole("EncryptedPackage"), "密码"),
    "pdf named docx": ("a.docx", lambda: hostile.pdf_page(hostile.LINE), "PDF 格式，与扩展名不符"),
    "docx named pdf": ("a.pdf", hostile.docx, "新版 Office 格式，与扩展名不符"),
    "docx named doc": ("a.doc", hostile.docx, "不是 .doc 格式"),
    "docx named txt": ("a.txt", hostile.docx, "新版 Office 格式，与扩展名不符"),
    "xlsx named docx": ("a.docx", lambda: hostile.xlsx(b""), "与扩展名不符"),
    "docx with a macro": ("a.docx", lambda: hostile.docx(**{"word/vbaProject.bin": b"x"}), "宏"),
    "docm": ("a.docm", lambda: hostile.docx(**{"word/vbaProject.bin": b"x"}), "宏"),
    "xlsm": ("a.xlsm", lambda: hostile.xlsx(b""), "宏"),
    "empty": ("a.pdf", lambda: b"", "空的"),
    "larger than allowed": ("a.pdf", lambda: b"%PDF-" + bytes(21 * 1024 * 1024), "20兆字节"),
    "noise as txt": ("a.txt", lambda: hostile.noise(300_000), "不是文本"),
    "noise as csv": ("a.csv", lambda: hostile.noise(300_000), "不是文本"),
    "noise as html": ("a.html", lambda: hostile.noise(300_000), "不是文本"),
    "noise as pdf": ("a.pdf", lambda: b"%PDF-1.7\n" + hostile.noise(300_000), "损坏"),
    "noise as docx": ("a.docx", lambda: b"PK\x03\x04" + hostile.noise(300_000), "损坏"),
    "pdf with a page tree as deep as a well": ("a.pdf", lambda: hostile.pdf_deep_tree(20_000), "过大|损坏"),
    "pdf with a page tree that bites its tail": ("a.pdf", hostile.pdf_ring, "损坏"),
    "pdf with a huge content stream": ("a.pdf", lambda: hostile.pdf_page(hostile.LINE * 2_000_000), "过大"),
    "docx with 100,000 paragraphs": ("a.docx", lambda: hostile.paragraphs(100_000), "内容过多"),
    "xlsx merged down to its last row": (
        "a.xlsx",
        lambda: hostile.xlsx(
            b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
            b'<mergeCells count="1"><mergeCell ref="A1:A300002"/></mergeCells>'
        ),
        "单元格过多",
    ),
    "html with 1,000,000 nested blocks": (
        "a.html",
        lambda: b"<div>" * 1_000_000 + "甲".encode(),
        "没有可以读取",
    ),
    "one line of six million characters": ("a.txt", lambda: "甲".encode() * 6_000_000, "万字"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", FILES)
def test_it_refuses_in_words_and_keeps_nothing(case: str, settings: Settings) -> None:
    name, make, reason = FILES[case]
    data = make()
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match=reason) as refused:
        take_in(data, name, jurisdiction=make_jurisdiction(), by=None, at=MORNING)
    assert time.monotonic() - start < SECONDS
    assert str(refused.value).endswith("。")
    assert "请" in str(refused.value)
    for kept in (PolicyDocument, Draft, Entry):
        assert not kept.objects.exists()
    assert not [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]


READABLE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "pdf with 300,000 objects": (
        "a.pdf",
        lambda: hostile.pdf_page(hostile.LINE, [b"1"] * 300_000),
        "Health reform plan 2020",
    ),
    "pdf that may only be read, AES-256": ("a.pdf", lambda: locked("AES-256", ""), "Health reform plan 2020"),
    "pdf that may only be read, RC4": ("a.pdf", lambda: locked("RC4-128", ""), "Health reform plan 2020"),
    "xlsx that claims all rows": (
        "a.xlsx",
        lambda: hostile.xlsx(
            b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>'
        ),
        "7",
    ),
    "xlsx with a cell in the last row": (
        "a.xlsx",
        lambda: hostile.xlsx(
            b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            b'<row r="1000000000"><c r="XFD1000000000"><v>1</v></c></row></sheetData>'
        ),
        "1",
    ),
    "html with 100,000 nested tables": ("a.html", lambda: b"<table><tr><td>a" * 100_000, "a"),
}


@pytest.mark.parametrize("case", READABLE)
def test_it_reads_what_only_looks_dangerous(case: str) -> None:
    name, make, text = READABLE[case]
    assert text in read_and_parse(make(), name).text


def test_it_stops_a_file_that_takes_too_long() -> None:
    """A sheet with all its cells merged into one."""
    data = hostile.xlsx(
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
        b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match="规定时间"):
        read_and_parse(data, "a.xlsx", seconds=3)
    assert time.monotonic() - start < 8


def test_it_stops_the_parser_too() -> None:
    with pytest.raises(UnreadableFile, match="规定时间"):
        read_and_parse("（一）".encode() * 150_000, "a.txt", seconds=3)


def test_it_stops_a_file_that_takes_too_much_memory() -> None:
    with pytest.raises(UnreadableFile, match="过大"):
        read_and_parse(READABLE["pdf with 300,000 objects"][1](), "a.pdf", memory=120 * 1024 * 1024)


ALLOWED = MEMORY // 4  # less than a real reading may take, and sooner used up
MEASURE = """
import resource, sys
from documents.bounded import read_and_parse
from documents.readers import UnreadableFile
try:
    read_and_parse(sys.stdin.buffer.read(), sys.argv[1], memory=int(sys.argv[2]))
except UnreadableFile:
    pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def peak(data: bytes, name: str) -> int:
    """The most memory that reading a file took, in bytes, in a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, name, str(ALLOWED)],
        input=data,
        capture_output=True,
        cwd=configured.BASE_DIR,
        check=True,
    )
    return int(done.stdout)


def test_it_never_takes_more_memory_than_allowed() -> None:
    swelling = hostile.pdf_page(b" " * 1_000_000, times=500)
    assert len(swelling) < 2_000_000
    assert peak(swelling, "a.pdf") <= ALLOWED
    assert peak(hostile.pdf_page(hostile.LINE), "a.pdf") < ALLOWED / 2


def test_the_reading_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child must start although these would stop it, were they handed on."""
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    assert "PYTHONHOME" in os.environ
    assert read_and_parse(hostile.pdf_page(hostile.LINE), "a.pdf").text == "Health reform plan 2020"


def test_short_text_and_child_give_the_same() -> None:
    text = "甲市方案\n一、加强建设\n（一）完善体系。（市甲局负责）\n"
    here = read_and_parse(text.encode(), "方案.txt")
    there = read_and_parse((text + " " * 40_000).encode(), "方案.txt")
    assert there.draft == here.draft
    assert there.text.rstrip() == here.text.rstrip() == read(text.encode(), "方案.txt").text.rstrip()
