"""Both papers as another program lays them out, where LibreOffice is installed."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.circular import Attachment, CircularSection, Paragraph, Table, write_circular
from reports.tests.paper_samples import make_circular, make_ledger, make_row
from reports.workbook import write_ledger

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

Pages = dict[str, list[list[str]]]
FULL_LINE = "测" * 28


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The lines of every page of every sample: one conversion serves all tests, for it takes seconds."""
    folder = tmp_path_factory.mktemp("papers")
    table = Table(("序号", "任务"), tuple((str(at), "改革完善疾病预防控制体系") for at in range(60)))
    body = (CircularSection("一、总体情况", (Paragraph(FULL_LINE * 60),)),)
    samples: dict[str, Callable[[], bytes]] = {
        "ledger.xlsx": lambda: write_ledger(make_ledger(*(make_row(number=f"第{at}项") for at in range(40)))),
        "circular.docx": lambda: write_circular(
            make_circular(attachments=(Attachment("任务进展明细表", (table,)),))
        ),
        "grid.docx": lambda: write_circular(make_circular(sections=body, attachments=())),
    }
    for name, write in samples.items():
        (folder / name).write_bytes(write())
    options = [f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    command = [str(SOFFICE), *options, "--outdir", str(folder), *(str(folder / name) for name in samples)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {Path(name).stem: _lines(folder / name) for name in samples}


def _lines(source: Path) -> list[list[str]]:
    reader = PdfReader(source.with_suffix(".pdf"))
    return [page.extract_text().split("\n") for page in reader.pages]


def test_it_prints_22_lines_of_28_characters(pages: Pages) -> None:
    full = [page for page in pages["grid"] if page.count(FULL_LINE) >= 20]
    assert full
    for page in full:
        text = [line for line in page if "测" in line]
        assert len(text) == 22
        assert text[1:] == [FULL_LINE] * 21


def test_it_prints_the_page_number_on_every_page(pages: Pages) -> None:
    for number, page in enumerate(pages["circular"], start=1):
        assert any(line.replace(" ", "") == f"—{number}—" for line in page)


def test_it_prints_the_circular_from_the_mark_to_the_imprint(pages: Pages) -> None:
    first, last = ("".join(page).replace(" ", "") for page in (pages["circular"][0], pages["circular"][-1]))
    assert "平医改办发〔2020〕12号" in first
    assert "市深化医药卫生体制改革领导小组各成员单位：" in first
    assert "2020年12月11日印发" in last


def test_it_begins_an_attachment_on_a_page_of_its_own_and_repeats_its_header(pages: Pages) -> None:
    starts = [at for at, page in enumerate(pages["circular"]) if page[0].strip() == "附件"]
    assert len(starts) == 1
    following = pages["circular"][starts[0] + 1]
    assert "序号" in "".join(following)


def test_it_prints_the_ledger_one_page_wide_with_its_header_on_every_page(pages: Pages) -> None:
    assert 1 < len(pages["ledger"]) <= 10
    for number, page in enumerate(pages["ledger"], start=1):
        text = "".join(page).replace(" ", "")
        assert "文件依据" in text
        assert f"第{number}页，共{len(pages['ledger'])}页" in text
    assert "第39项" in "".join("".join(page) for page in pages["ledger"])
