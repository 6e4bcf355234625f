"""Word and Excel files that the tests make themselves, sound and hostile."""

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from documents.parsing import parse
from documents.readers import UnreadableFile, read
from documents.readers.numbering import chinese

LEVELS = """<w:abstractNum {ns} w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>"""
NUM = '<w:num {ns} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'


def saved(document: DocumentType) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbered(document: DocumentType, text: str, level: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
    )


def with_numbering() -> DocumentType:
    document = Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(LEVELS.format(ns=nsdecls("w"))))
    root.append(parse_xml(NUM.format(ns=nsdecls("w"))))
    return document


def texts(data: bytes, name: str) -> list[str]:
    return [line.text for line in read(data, name).lines if line.text]


def test_it_reads_paragraphs_and_tables_in_order() -> None:
    document = Document()
    document.add_heading("一、加强建设", 1)
    table = document.add_table(2, 2)
    for place, text in enumerate(["任务", "牵头单位", "建设平台", "市甲局\n市乙局"]):
        table.cell(place // 2, place % 2).text = text
    document.add_paragraph("附则")
    lines = [line for line in read(saved(document), "a.docx").lines if line.text]
    assert [(line.kind, line.text) for line in lines] == [
        ("heading", "一、加强建设"),
        ("row", "任务\t牵头单位"),
        ("row", "建设平台\t市甲局 市乙局"),
        ("paragraph", "附则"),
    ]


def test_it_writes_out_automatic_numbers() -> None:
    document = with_numbering()
    for level, text in [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (0, "戊"), (1, "己")]:
        numbered(document, text, level)
    assert texts(saved(document), "a.docx") == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "1.丁",
        "二、戊",
        "（一）己",
    ]


def test_it_finds_tasks_under_automatic_numbers() -> None:
    document = with_numbering()
    numbered(document, "加强建设", 0)
    numbered(document, "完善体系。健全机制。（市甲局负责）", 1)
    task = parse(read(saved(document), "a.docx")).tasks[0]
    assert (task.ref, task.title, [n.text for n in task.clause.leads] if task.clause else []) == (
        "一/（一）",
        "完善体系",
        ["市甲局"],
    )


def listed(levels: str, numbers: str, items: list[tuple[str, int, int]], styles: str = "") -> list[str]:
    """What is read of paragraphs in lists 90, 91, … of this definition."""
    document = Document()
    root = document.part.numbering_part.element
    for one in list(parse_xml(f"<w:numbering {nsdecls('w')}>{levels}</w:numbering>"))[::-1]:
        root.insert(0, one)
    root.extend(list(parse_xml(f"<w:numbering {nsdecls('w')}>{numbers}</w:numbering>")))
    if styles:
        document.styles.element.append(parse_xml(styles))
    for text, number, level in items:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        inner = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
        own = f"<w:numPr>{inner}</w:numPr>" if number else '<w:pStyle w:val="Chapter"/>'
        properties.extend(list(parse_xml(f"<w:pPr {nsdecls('w')}>{own}</w:pPr>")))
    return texts(saved(document), "a.docx")


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    inner = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inner}</w:lvl>'


def definition(*levels: str, number: int = 90, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def use(number: int, of: int = 90, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


CHINESE = level(0, "%1、", "chineseCountingThousand")


def test_it_runs_on_through_chapters_where_the_list_says_so() -> None:
    levels = definition(CHINESE, level(1, "（%2）", "chineseCounting", '<w:lvlRestart w:val="0"/>'))
    items = [("甲", 90, 0), ("乙", 90, 1), ("丙", 90, 0), ("丁", 90, 1)]
    assert listed(levels, use(90), items) == ["一、甲", "（一）乙", "二、丙", "（二）丁"]


def test_it_begins_again_where_a_list_has_a_start_of_its_own() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    items = [("甲", 90, 0), ("乙", 91, 0), ("丙", 92, 0), ("丁", 92, 0)]
    found = listed(definition(CHINESE), use(90) + use(91) + use(92, more=again), items)
    assert found == ["一、甲", "二、乙", "三、丙", "四、丁"]


def test_it_takes_a_level_that_a_list_replaces() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1条 ", "chineseCounting")}</w:lvlOverride>'
    assert listed(definition(CHINESE), use(90, more=other), [("甲", 90, 0)]) == ["第一条 甲"]


def test_it_shows_several_levels_in_one_number() -> None:
    levels = definition(CHINESE, level(1, "%1.%2", "decimal", "<w:isLgl/>"))
    items = [("甲", 90, 0), ("乙", 90, 1), ("丙", 90, 1)]
    assert listed(levels, use(90), items) == ["一、甲", "1.1乙", "1.2丙"]


def test_it_finds_the_number_that_a_style_gives() -> None:
    styles = (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Chapter"><w:name w:val="章"/>'
        '<w:pPr><w:numPr><w:numId w:val="90"/></w:numPr></w:pPr></w:style>'
    )
    levels = definition(CHINESE, level(1, "（%2）", "chineseCounting", '<w:pStyle w:val="Chapter"/>'))
    assert listed(levels, use(90), [("甲", 0, 0), ("乙", 0, 0)], styles) == ["（一）甲", "（二）乙"]


def test_it_follows_a_list_style() -> None:
    levels = definition(more='<w:numStyleLink w:val="公文"/>') + definition(
        CHINESE, number=91, more='<w:styleLink w:val="公文"/>'
    )
    assert listed(levels, use(90), [("甲", 90, 0)]) == ["一、甲"]


@pytest.mark.parametrize(
    ("form", "eleventh"),
    [
        ("chineseCounting", "十一"),
        ("chineseCountingThousand", "十一"),
        ("ideographDigital", "一一"),
        ("chineseLegalSimplified", "壹拾壹"),
        ("decimalFullWidth", "１１"),
        ("decimalEnclosedCircleChinese", "⑪"),
        ("decimalEnclosedParen", "⑾"),
        ("decimalZero", "11"),
        ("ideographZodiac", "戌"),
        ("upperLetter", "K"),
        ("lowerRoman", "xi"),
        ("ideographTraditional", "11"),
    ],
)
def test_it_writes_each_form_of_number(form: str, eleventh: str) -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride>'
    found = listed(definition(level(0, "%1", form)), use(90, more=start), [("。", 90, 0)])
    assert found == [f"{eleventh}。"]


def test_it_keeps_insertions_and_drops_deletions() -> None:
    document = Document()
    paragraph = document.add_paragraph("保留")._p
    for tag, inner, text in (("w:ins", "w:t", "新增"), ("w:del", "w:delText", "删去")):
        change, run, piece = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        piece.text = text
        run.append(piece)
        change.append(run)
        paragraph.append(change)
    assert texts(saved(document), "a.docx") == ["保留新增"]


def body(xml: str) -> list[str]:
    """What is read of a document with this in its body."""
    document = Document()
    names = " ".join(
        [
            nsdecls("w", "wp", "a"),
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
            'xmlns:v="urn:schemas-microsoft-com:vml"',
        ]
    )
    for place, one in enumerate(list(parse_xml(f"<w:body {names}>{xml}</w:body>"))):
        document.element.body.insert(place, one)
    return texts(saved(document), "a.docx")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_it_joins_paragraphs_whose_break_is_deleted() -> None:
    deleted = '<w:pPr><w:rPr><w:del w:id="1" w:author="甲"/></w:rPr></w:pPr>'
    found = body(f"<w:p>{deleted}{run('健全')}</w:p><w:p>{run('机制。')}</w:p><w:p>{run('另一段')}</w:p>")
    assert found == ["健全机制。", "另一段"]
    assert body(f"<w:tbl><w:tr><w:tc><w:p>{deleted}{run('甲')}</w:p></w:tc></w:tr></w:tbl>") == ["甲"]


def test_it_leaves_hidden_text_and_pronunciation_out() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('jú')}</w:rt><w:rubyBase>{run('局')}</w:rubyBase></w:ruby></w:r>"
    assert body(f"<w:p>{run('市甲')}{ruby}{run('丙', '<w:vanish/>')}{run('负责')}</w:p>") == ["市甲局负责"]


def test_it_reads_a_text_box_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent><w:p>{run('甲政办发〔2020〕1号')}</w:p></w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>{box}</wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert body(f"<w:p>{run('文件')}{drawing}</w:p>") == ["文件", "甲政办发〔2020〕1号"]


def test_it_drops_a_deleted_row_and_keeps_skipped_columns() -> None:
    def cells(*values: str) -> str:
        return "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in values)

    table = (
        f"<w:tbl><w:tr>{cells('序号', '任务', '牵头单位')}</w:tr>"
        f"<w:tr><w:trPr><w:del w:id='1' w:author='甲'/></w:trPr>{cells('1', '旧任务', '市甲局')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cells('建设', '市乙局')}</w:tr></w:tbl>"
    )
    assert body(table) == ["序号\t任务\t牵头单位", "\t建设\t市乙局"]


def test_it_leaves_page_heads_feet_and_notes_out() -> None:
    document = Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    assert texts(saved(document), "a.docx") == ["正文"]


def test_it_repeats_a_cell_merged_downwards() -> None:
    document = Document()
    table = document.add_table(3, 2)
    for place, text in enumerate(["任务", "牵头单位", "建设甲", "市甲局", "建设乙", ""]):
        table.cell(place // 2, place % 2).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    assert texts(saved(document), "a.docx")[1:] == ["建设甲\t市甲局", "建设乙\t市甲局"]


def test_it_reads_a_row_of_one_cell_as_a_heading_line() -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "一、加强建设"
    table.cell(1, 0).text, table.cell(1, 1).text = "建设甲", "市甲局"
    assert [line.kind for line in read(saved(document), "a.docx").lines if line.text] == ["paragraph", "row"]


def test_it_reads_comma_separated_text() -> None:
    assert texts('序号,任务,牵头单位\n1,"建设甲,乙",市甲局\n'.encode("gb18030"), "a.csv") == [
        "序号\t任务\t牵头单位",
        "1\t建设甲,乙\t市甲局",
    ]


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("members", "name", "reason"),
    [
        ({"word/document.xml": b"<a>" + b" " * 40_000_000 + b"</a>"}, "a.docx", "解压后过大"),
        ({f"m{n}": b"" for n in range(3_001)}, "a.docx", "解压后过大"),
        ({"xl/workbook.xml": b"<a/>"}, "a.docx", "与扩展名不符"),
        ({"word/document.xml": b"<a/>"}, "a.xlsx", "与扩展名不符"),
        ({"word/document.xml": ENTITIES}, "a.docx", "外部引用"),
        ({"xl/workbook.xml": ENTITIES}, "a.xlsx", "外部引用"),
        ({"word/document.xml": ENTITIES.decode().encode("utf-16")}, "a.docx", "外部引用"),
        ({"word/document.xml": b"<a/>"}, "a.docx", "损坏"),
        ({"xl/workbook.xml": b"<a/>"}, "a.xlsx", "损坏"),
    ],
)
def test_it_refuses_hostile_and_broken_archives(members: dict[str, bytes], name: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read(archive(members), name)


def test_it_refuses_a_member_marked_as_encrypted() -> None:
    data = bytearray(archive({"word/document.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="加密"):
        read(bytes(data), "a.docx")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (35, "三十五"),
        (100, "一百"),
        (105, "一百零五"),
        (112, "一百一十二"),
    ],
)
def test_it_counts_in_chinese(value: int, text: str) -> None:
    assert chinese(value) == text
