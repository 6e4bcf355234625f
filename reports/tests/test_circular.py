from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.circular import Attachment, Circular, CircularSection, Paragraph, Table, write_circular
from reports.circular.blocks import twip_widths
from reports.circular.page import TYPE_WIDTH
from reports.circular.write import mark_type
from reports.tests.paper_samples import make_circular


def opened(circular: Circular) -> Any:
    """The document as it is read again, untyped: most layout is an element that may be absent."""
    return docx.Document(BytesIO(write_circular(circular)))


def styled(document: Any, style: str) -> list[Any]:
    return [
        paragraph for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == style
    ]


def texts(document: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in styled(document, style)]


def fonts(document: Any, style: str) -> Any:
    return document.styles[style].element.rPr.find(qn("w:rFonts"))


def test_it_writes_the_elements_in_the_order_of_the_standard() -> None:
    styles = [paragraph.style.name for paragraph in opened(make_circular()).paragraphs if paragraph.style]
    first_seen = [style for at, style in enumerate(styles) if style not in styles[:at]]
    assert first_seen == [
        "发文机关标志",
        "发文字号",
        "公文标题",
        "主送机关",
        "公文正文",
        "一级标题",
        "附件说明",
        "发文机关署名",
        "成文日期",
        "附件序号",
        "附件标题",
        "段尾",
    ]


def test_it_sets_the_page_of_the_standard() -> None:
    section = opened(make_circular()).sections[0]
    lengths = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    lengths += [section.left_margin, section.right_margin]
    for found, wanted in zip(lengths, (210, 297, 37, 35, 28, 26), strict=True):
        assert found == pytest.approx(Mm(wanted), abs=Pt(0.1))
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_it_sets_the_body_in_fangsong_of_size_three() -> None:
    document = opened(make_circular())
    body = document.styles["公文正文"]
    assert fonts(document, "公文正文").get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert fonts(document, "公文正文").get(qn("w:hint")) == "eastAsia"
    assert body.font.size == Pt(16)
    assert body.paragraph_format.line_spacing == Pt(28.9)
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_it_fits_22_lines_of_28_characters_into_the_type_area() -> None:
    spacing = opened(make_circular()).styles["公文正文"].element.rPr.find(qn("w:spacing")).get(qn("w:val"))
    character = 16 + int(spacing) / 20
    assert 28 * character <= 156 / 25.4 * 72 < 29 * character
    assert 22 * 28.9 <= 225 / 25.4 * 72 < 23 * 28.9


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("附件标题", "方正小标宋简体", 22),
        ("一级标题", "黑体", 16),
        ("附件序号", "黑体", 16),
        ("发文字号", "仿宋_GB2312", 16),
        ("版记", "仿宋_GB2312", 14),
        ("页码单页", "宋体", 14),
        ("页码双页", "宋体", 14),
    ],
)
def test_it_gives_every_element_its_font_and_size(style: str, font: str, size: int) -> None:
    document = opened(make_circular())
    assert fonts(document, style).get(qn("w:eastAsia")) == font
    assert document.styles[style].font.size == Pt(size)


def test_it_names_a_substitute_for_every_official_font() -> None:
    document = opened(make_circular())
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in part.blob.decode()


def test_it_marks_every_run_as_chinese() -> None:
    runs = list(opened(make_circular()).element.body.iter(qn("w:r")))
    assert runs
    assert all(run.rPr.rFonts.get(qn("w:hint")) == "eastAsia" for run in runs)


def test_it_sets_the_mark_red_over_a_red_rule() -> None:
    document = opened(make_circular())
    assert str(document.styles["发文机关标志"].font.color.rgb) == "C8161D"
    assert texts(document, "发文机关标志") == ["平凉市深化医药卫生体制改革领导小组办公室"]
    rule = document.styles["发文字号"].element.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert rule.get(qn("w:color")) == "C8161D"
    assert texts(document, "发文字号") == ["平医改办发〔2020〕12号"]


def test_it_keeps_the_red_rule_without_a_number() -> None:
    assert texts(opened(make_circular(number="")), "发文字号") == [""]


@pytest.mark.parametrize("characters", [5, 9, 14, 20, 26])
def test_it_fits_the_mark_on_one_line_and_over_the_title(characters: int) -> None:
    size, scale = mark_type(characters)
    assert size > 22
    assert characters * size * scale / 100 <= 442
    assert 50 <= scale <= 100


def test_it_breaks_the_title_between_words() -> None:
    assert texts(opened(make_circular()), "公文标题") == [
        "关于2020年下半年医改重点工作任务\n第三季度进展情况的通报"
    ]


@pytest.mark.parametrize("given", ["各成员单位", "各成员单位：", "各成员单位:"])
def test_it_ends_the_addressees_with_one_colon(given: str) -> None:
    assert texts(opened(make_circular(addressees=given)), "主送机关") == ["各成员单位："]


def test_it_opens_a_paragraph_with_its_lead_in_kai() -> None:
    document = opened(make_circular())
    paragraph = next(one for one in document.paragraphs if one.text.startswith("（一）"))
    assert [run.text for run in paragraph.runs] == ["（一）个别单位报送不及时。", "庄浪县1份逾期。"]
    assert paragraph.runs[0].style.name == "二级标题文字"
    assert fonts(document, "二级标题文字").get(qn("w:eastAsia")) == "楷体_GB2312"


def test_it_makes_a_paragraph_of_every_line() -> None:
    circular = make_circular(lead="甲\n\n乙\n", sections=(), attachments=())
    assert texts(opened(circular), "公文正文") == ["甲", "乙"]


def test_it_lists_the_attachments_under_the_text() -> None:
    document = opened(make_circular())
    assert texts(document, "附件说明") == ["附件：1.任务进展明细表", "2.滞后任务清单"]
    assert texts(document, "附件序号") == ["附件1", "附件2"]
    assert document.styles["附件序号"].paragraph_format.page_break_before


def test_it_numbers_no_single_attachment() -> None:
    document = opened(make_circular(attachments=(Attachment("任务进展明细表"),)))
    assert texts(document, "附件说明") == ["附件：任务进展明细表"]
    assert texts(document, "附件序号") == ["附件"]


def test_it_signs_over_the_date() -> None:
    document = opened(make_circular(signer="平凉市医改办"))
    assert texts(document, "发文机关署名") == ["平凉市医改办"]
    assert texts(document, "成文日期") == ["2020年12月1日"]
    date_style = document.styles["成文日期"]
    assert date_style.element.pPr.ind.get(qn("w:rightChars")) == "400"


def test_it_centres_the_signature_on_the_date() -> None:
    document = opened(make_circular(signer="平凉市医改办", signed_on=date(2020, 12, 11)))
    # the date's middle is 4 + 7 / 2 characters from the right: the signature is centred in twice that
    assert styled(document, "发文机关署名")[0]._p.pPr.ind.get(qn("w:leftChars")) == "1300"


def test_it_breaks_a_long_signature() -> None:
    assert texts(opened(make_circular()), "发文机关署名") == ["平凉市深化医药卫生体制改革", "领导小组办公室"]


def test_it_keeps_the_signature_on_a_page_with_text() -> None:
    document = opened(make_circular())
    last = next(one for one in document.paragraphs if one.text.startswith("（一）"))
    notes = styled(document, "附件说明")
    assert last.paragraph_format.keep_with_next
    assert all(note.paragraph_format.keep_with_next for note in notes)
    assert document.styles["发文机关署名"].paragraph_format.keep_with_next


def test_it_lets_a_very_long_last_paragraph_break() -> None:
    sections = (CircularSection("一、总体情况", (Paragraph("测" * 400),)),)
    last = styled(opened(make_circular(sections=sections)), "公文正文")[-1]
    assert last.paragraph_format.keep_with_next is None


def test_it_keeps_the_signature_with_a_table_that_ends_the_text() -> None:
    table = Table(("单位", "应报"), (("市发改委", "4"),))
    document = opened(make_circular(sections=(CircularSection("一、总体情况", (table,)),), attachments=()))
    last_row = document.tables[0].rows[-1]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in last_row.cells)


def test_it_numbers_pages_outside() -> None:
    document = opened(make_circular())
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, style in ((section.footer, "页码单页"), (section.even_page_footer, "页码双页")):
        assert footer.paragraphs[0].style.name == style
        assert footer.paragraphs[0]._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
    assert document.styles["页码单页"].element.pPr.jc.get(qn("w:val")) == "right"
    assert document.styles["页码双页"].element.pPr.jc.get(qn("w:val")) == "left"


def test_it_fits_tables_to_the_type_area() -> None:
    table = opened(make_circular()).tables[0]
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(156), abs=Pt(0.5))
    assert [cell.text for cell in table.rows[1].cells] == ["市发改委", "4", "100.0%"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


@pytest.mark.parametrize("widths", [(), (1, 2, 3), (0.1, 7, 1)])
def test_it_shares_the_whole_width_among_the_columns(widths: tuple[float, ...]) -> None:
    given = Table(("序号", "任务", "原因"), (("（一）", "很长的任务名称" * 9, "很长的原因" * 20),), widths)
    assert sum(twip_widths(given)) == TYPE_WIDTH


def test_it_never_starves_a_short_column() -> None:
    given = Table(("序号", "任务", "日期"), (("（二十五）", "很长的任务名称" * 30, "2020-12-31"),))
    widths = twip_widths(given)
    assert widths[0] > 5 * 9 * 20
    assert widths[2] > 5 * 9 * 20


def test_it_writes_a_table_without_rows() -> None:
    circular = make_circular(attachments=(Attachment("滞后任务清单", (Table(("序号", "任务")),)),))
    assert [len(table.rows) for table in opened(circular).tables] == [3, 1, 2]


@pytest.mark.parametrize(
    ("header", "rows", "widths"),
    [((), (), ()), (("甲", "乙"), (("一",),), ()), (("甲", "乙"), (), (1,)), (("甲",), (), (0,))],
)
def test_it_refuses_a_crooked_table(
    header: tuple[str, ...], rows: tuple[Any, ...], widths: tuple[float, ...]
) -> None:
    with pytest.raises(ValueError, match="table"):
        Table(header, rows, widths)


def test_it_ends_with_the_imprint_at_the_foot_of_the_page() -> None:
    table = opened(make_circular()).tables[-1]
    assert [row.cells[0].text for row in table.rows] == [
        "抄送：市政府办公室，各县（市、区）医改办。",
        "平凉市医改办\t2020年12月11日印发",
    ]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:tblpYSpec")), place.get(qn("w:vertAnchor"))) == ("bottom", "margin")
    rules = {edge.tag: edge.get(qn("w:sz")) for edge in table._tbl.tblPr.find(qn("w:tblBorders"))}
    assert rules == {qn("w:top"): "8", qn("w:bottom"): "8", qn("w:insideH"): "6"}


def test_it_leaves_out_an_empty_imprint() -> None:
    document = opened(make_circular(copies_to="", printed_by="", printed_on=None, attachments=()))
    assert len(document.tables) == 1
    assert not texts(document, "段尾")


def test_it_strips_characters_that_xml_forbids_from_every_text() -> None:
    bad = "甲\x00\x0b\x1f\ufffe\ud800乙"
    table = Table((bad,), ((bad,),))
    circular = make_circular(
        issuer=bad, number=bad, title=bad, addressees=bad, lead=bad, signer=bad, copies_to=bad, printed_by=bad,
        sections=(CircularSection(bad, (Paragraph(bad, bad), table)),), attachments=(Attachment(bad, (table,)),),
    )  # fmt: skip
    document = opened(circular)
    assert {cell.text for cell in document.tables[0]._cells} == {"甲乙"}
    for style in ("发文机关标志", "发文字号", "公文标题", "一级标题", "附件标题", "发文机关署名"):
        assert texts(document, style) == ["甲乙"]


def test_it_says_who_wrote_it_and_when() -> None:
    properties = opened(make_circular(signer="平凉市医改办")).core_properties
    assert (properties.author, properties.comments) == ("平凉市医改办", "")
    assert properties.created is not None
    assert properties.created.date() == date(2020, 12, 1)
