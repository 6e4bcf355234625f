"""The same paper as Word file and as PDF: every field must come out as labelled, as from its text."""

import io
import re
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from documents.bounded import read_and_parse
from documents.readers.numbering import chinese
from documents.tests.office import converted, needs_office
from documents.tests.test_parsing_gold import EXACT, FACTS, FIXTURES, gold, plain

#: the numbers of the one are typed, those of the other are Word's own
PAPERS = {"pingliang": False, "jilin": True}
MARKDOWN = re.compile(r"^#+\s*")
NUMBERS = (
    re.compile(r"^([一二三四五六七八九十]+)、"),
    re.compile(r"^[（(]([一二三四五六七八九十]+)[）)]\s*"),
)
FORMS = ("%1、", "（%1）")
LIST = """<w:abstractNum {ns} w:abstractNumId="{id}"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>"""


@cache
def as_docx(name: str) -> bytes:
    """The paper in Word, with its tasks' numbers as text or as automatic ones that run through the chapters."""
    document = Document()
    root = document.part.numbering_part.element
    for level, text in enumerate(FORMS):
        root.insert(0, parse_xml(LIST.format(ns=nsdecls("w"), id=90 + level, text=text)))
        link = f'<w:abstractNumId w:val="{90 + level}"/>'
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{90 + level}">{link}</w:num>'))
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    counts = [0, 0]
    for line in (FIXTURES / "papers" / f"{name}.txt").read_text("utf-8").splitlines():
        add(document, line.strip(), counts if PAPERS[name] else None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add(document: DocumentType, line: str, counts: list[int] | None) -> None:
    style = "Heading 2" if MARKDOWN.match(line) else None
    text = MARKDOWN.sub("", line)
    for level, marker in enumerate(NUMBERS if counts is not None else ()):
        found = marker.match(text)
        if counts is not None and found and found[1] == chinese(counts[level] + 1):
            counts[level] += 1
            properties = document.add_paragraph(text[found.end() :])._p.get_or_add_pPr()
            inner = f'<w:ilvl w:val="0"/><w:numId w:val="{90 + level}"/>'
            properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{inner}</w:numPr>"))
            return
    document.add_paragraph(text, style)


def check(got: dict[str, Any], name: str) -> None:
    """Hold the draft equal to the label in chapters, tasks, every exact field, and what the paper says of itself."""
    want = gold(name)
    for key in ("number", "title"):
        assert plain([one[key] for one in got["sections"]]) == plain([one[key] for one in want["sections"]])
    assert [plain(one["ref"]) for one in got["tasks"]] == [plain(one["ref"]) for one in want["tasks"]]
    for field in EXACT:
        found = {plain(one["ref"]): plain(one[field]) for one in got["tasks"]}
        assert found == {plain(one["ref"]): plain(one[field]) for one in want["tasks"]}, field
    facts, labels = got["document"], want["document"]
    assert {key: plain(facts[key]) for key in FACTS} == {key: plain(labels[key]) for key in FACTS}
    assert sorted(plain(facts["parent_documents"])) == sorted(plain(labels["parent_documents"]))
    assert [one["date"] for one in facts["reporting_dates"]] == [
        one["date"] for one in labels["reporting_dates"]
    ]


@pytest.mark.parametrize("name", PAPERS)
def test_it_reads_a_word_file_as_labelled(name: str) -> None:
    check(read_and_parse(as_docx(name), f"{name}.docx").draft, name)


def test_the_numbers_of_one_paper_are_words_own() -> None:
    body = Document(io.BytesIO(as_docx("jilin"))).element.body
    assert len(list(body.iter(qn("w:numPr")))) == len(gold("jilin")["tasks"]) + len(gold("jilin")["sections"])


@needs_office
@pytest.mark.parametrize("name", PAPERS)
def test_it_reads_a_pdf_as_labelled(name: str) -> None:
    check(read_and_parse(converted(as_docx(name), ".docx", ".pdf"), f"{name}.pdf").draft, name)
