"""Old formats through LibreOffice, and PDF files with tables over several pages that it makes."""

import io
import os
import subprocess
import time
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from documents.bounded import read_and_parse
from documents.readers import UnreadableFile, legacy, read
from documents.tests.office import converted, needs_office

HEADER = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")


def cells(number: int) -> tuple[str, ...]:
    return (
        str(number),
        f"建设第{number}个信息化平台并推进互联互通共享应用",
        "市卫生健康委员会、市医疗保障局",
        "市财政局、市人力资源和社会保障局",
        "2020年12月底前",
    )


def long_table(rows: int) -> bytes:
    """A paper with a table whose header stands on every page, between a page head and page numbers."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "甲市人民政府公报"
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    document.sections[0].footer.paragraphs[0]._p.append(parse_xml(field))
    document.add_paragraph("甲市2020年医改任务分工表")
    table = document.add_table(rows + 1, len(HEADER), "Table Grid")
    for line, texts in zip(table.rows, [HEADER, *map(cells, range(1, rows + 1))], strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    document.add_paragraph("各单位要高度重视，认真组织实施。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@needs_office
def test_it_reads_a_table_over_several_pages_of_a_pdf() -> None:
    original = read(converted(long_table(40), ".docx", ".pdf"), "a.pdf")
    assert max(line.page or 0 for line in original.lines) >= 3
    found = [line.cells for line in original.lines if line.kind == "row"]
    assert found == [HEADER, *map(cells, range(1, 41))]
    assert [line.text for line in original.lines if line.kind != "row"] == [
        "甲市2020年医改任务分工表",
        "各单位要高度重视，认真组织实施。",
    ]


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_it_reads_an_old_word_file(suffix: str) -> None:
    data = converted(long_table(3), ".docx", ".doc")
    reading = read_and_parse(data, f"方案{suffix}")
    assert [(one["leads"][0], one["deadline"]["date"]) for one in reading.draft["tasks"]] == [
        ("市卫生健康委员会", "2020-12-31")
    ] * 3


@needs_office
@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_it_reads_an_old_excel_file(suffix: str) -> None:
    book, out = Workbook(), io.BytesIO()
    for line in (HEADER, cells(1)):
        book.worksheets[0].append(line)
    book.save(out)
    original = read(converted(out.getvalue(), ".xlsx", ".xls"), f"a{suffix}")
    assert [line.cells for line in original.lines] == [HEADER, cells(1)]


def leftovers() -> set[str]:
    return {one.name for one in Path(os.environ.get("TMPDIR", "/tmp")).glob("reading-*")}  # noqa: S108


@needs_office
def test_it_says_what_to_do_with_an_old_file_that_is_broken() -> None:
    data = converted(long_table(3), ".docx", ".doc")[:3000]
    before = leftovers()
    with pytest.raises(UnreadableFile, match=r"另存为 \.docx"):
        read(data, "方案.doc")
    assert leftovers() <= before


def test_it_says_what_to_do_without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        UnreadableFile, match=r"暂不能直接读取 \.doc 格式。请用 Word 或 WPS 打开后另存为 \.docx"
    ):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "方案.doc")


def test_it_ends_a_conversion_that_hangs_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A program in LibreOffice's place that starts another one and sleeps."""
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {tmp_path}/child\nwait\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(legacy, "SECONDS", 2)
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match="没有能读出来"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "方案.doc")
    assert time.monotonic() - start < 10
    child = (tmp_path / "child").read_text().strip()
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False
    ).stdout
    assert state.strip() in ("", "Z")
