"""Web pages and PDF files that the tests make themselves."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from documents.parsing import parse
from documents.readers import UnreadableFile, read
from documents.readers.layout import Fragment, Tables, line_text, text_lines

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>标题</title><style>p{{}}</style></head><body>
<nav>首页 政务公开</nav><script>var a = "（市丁局负责）";</script><div style="display: none">隐藏</div>
<h2>一、加强<b>建设</b></h2><p>&nbsp;　（一）完善体系。健全<span>机</span>制。<br>（市甲局负责，市乙局参与）</p>
<footer>主办单位</footer></body></html>"""


def texts(data: bytes, name: str = "a.html") -> list[str]:
    return [line.text for line in read(data, name).lines]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_it_reads_what_a_visitor_sees(charset: str) -> None:
    data = PAGE.format(charset=charset).encode("utf-8" if charset == "utf-8" else "gb18030")
    assert texts(data) == ["一、加强建设", "（一）完善体系。健全机制。", "（市甲局负责，市乙局参与）"]


def test_it_leaves_out_what_a_site_puts_round_the_text() -> None:
    page = (
        '<body class="nav-page"><div class="top_nav"><a>首页</a></div><div id="crumbs">当前位置：首页 &gt; 文件</div>'
        '<div class="share-box">分享到</div><div role="navigation">栏目</div><div hidden>隐藏</div>'
        '<div class="navContent"><p>一、加强建设</p><p>（一）完善体系。健全机制，落实责任，明确目标。（市甲局负责）</p>'
        "<p>（二）健全制度。完善办法，加强监督，确保落实到位。（市乙局负责）</p></div>"
        '<div class="footer">版权所有</div><p class="print">（三）附则。（市丙局负责）</p></body>'
    )
    assert texts(page.encode()) == [
        "一、加强建设",
        "（一）完善体系。健全机制，落实责任，明确目标。（市甲局负责）",
        "（二）健全制度。完善办法，加强监督，确保落实到位。（市乙局负责）",
        "（三）附则。（市丙局负责）",
    ]


def test_it_finds_the_task_of_a_page() -> None:
    task = parse(read(PAGE.format(charset="utf-8").encode(), "a.htm")).as_dict()["tasks"][0]
    assert (task["ref"], task["leads"], task["participants"]) == ("一/（一）", ["市甲局"], ["市乙局"])


def test_it_reads_tables_with_merged_cells() -> None:
    page = (
        "<table><tr><th>序号</th><th>任务</th><th>牵头单位</th></tr>"
        "<tr><td>1</td><td>建设甲</td><td rowspan=2><p>市甲局</p><p>市乙局</p></td></tr><tr><td>2</td><td>建设乙</td></tr>"
        "<tr><td colspan=3>二、其他</td></tr></table>"
    )
    assert texts(page.encode()) == [
        "序号\t任务\t牵头单位",
        "1\t建设甲\t市甲局 市乙局",
        "2\t建设乙\t市甲局 市乙局",
        "二、其他",
    ]


def test_it_walks_tables_that_lay_out_the_page() -> None:
    page = "<table><tr><td>左</td><td><table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>甲</td></tr></table></td></tr></table>"
    assert texts(page.encode()) == ["左", "序号\t任务", "1\t甲"]


@pytest.mark.parametrize(
    "page",
    [
        "<",
        "<div>" * 3000 + "甲",
        "<p>甲<![CDATA[",
        '<?xml version="1.0" encoding="x"?><p>甲</p>',
        "<table><tr><td rowspan=999999 colspan=x>甲</table>",
    ],
)
def test_it_survives_broken_pages(page: str) -> None:
    try:
        found = texts(page.encode())
    except UnreadableFile as error:
        found = [str(error)]
    assert found


def pdf(lines: list[str], password: str = "") -> bytes:
    """A page with one line of text below another, in a font without embedding."""
    pieces = [f"BT /F1 12 Tf 72 {720 - 20 * n} Td ({line}) Tj ET" for n, line in enumerate(lines)]
    stream = "\n".join(pieces).encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (n, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return _locked(out.getvalue(), password) if password else out.getvalue()


def _locked(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_it_reads_the_lines_of_a_page() -> None:
    original = read(pdf(["Health reform plan 2020", "second line of it"]), "a.pdf")
    assert [(line.text, line.page) for line in original.lines] == [
        ("Health reform plan 2020", 1),
        ("second line of it", 1),
    ]


def test_it_refuses_a_page_without_text() -> None:
    with pytest.raises(UnreadableFile, match="扫描件"):
        read(pdf([]), "a.pdf")


def test_it_refuses_a_locked_file() -> None:
    with pytest.raises(UnreadableFile, match="密码"):
        read(pdf(["Health reform plan 2020"], password="secret"), "a.pdf")


@pytest.mark.parametrize("cut", [60, 200, 400, 700])
def test_it_survives_a_file_cut_short(cut: int) -> None:
    data = pdf(["Health reform plan 2020", "second line of it"])[:cut]
    try:
        found = read(data, "a.pdf").text
    except UnreadableFile as error:
        found = str(error)
    assert found


def test_it_puts_pieces_in_the_order_of_reading() -> None:
    pieces = [
        Fragment(148, 700, 12, "”负责"),
        Fragment(100, 680, 12, "第二行"),
        Fragment(100, 700, 12, "市“"),
        Fragment(124, 700.5, 12, "甲局"),
    ]
    assert [line_text(line) for line in text_lines(pieces)] == ["市“甲局”负责", "第二行"]


def fragments(line: str, y: float, places: list[float]) -> list[Fragment]:
    return [Fragment(x, y, 10, text) for x, text in zip(places, line.split("|"), strict=True) if text]


def test_it_reads_a_table_by_where_its_pieces_stand() -> None:
    tables, places = Tables(), [50.0, 100.0, 220.0, 300.0]
    lines = [
        [Fragment(50, 800, 10, "任务分工")],
        fragments("序号|工作任务|牵头单位|完成时限", 780, places),
        fragments("1|建设信息化|市甲局|6月底前", 760, places),
        fragments("|平台||", 750, places),
        fragments("2|建设乙|市乙局|", 730, places),
        [Fragment(50, 700, 10, "各单位要高度重视，认真组织实施，确保完成任务。")],
    ]
    found = [piece for line in lines for piece in tables.feed(line)]
    assert [*found, *tables.close()] == [
        "任务分工",
        ["序号", "工作任务", "牵头单位", "完成时限"],
        ["1", "建设信息化平台", "市甲局", "6月底前"],
        ["2", "建设乙", "市乙局", ""],
        "各单位要高度重视，认真组织实施，确保完成任务。",
    ]


def test_it_puts_marks_drawn_together_back_in_their_places() -> None:
    drawn = "x) Tj [(A) -20000 (C)] TJ 1 0 0 1 90 720 Tm (BBBB of the plan 2020"
    text = read(pdf([drawn]), "a.pdf").text
    assert [text.index(mark) for mark in "ABC"] == sorted(text.index(mark) for mark in "ABC")
