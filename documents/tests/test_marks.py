"""The original beside the draft: every character that says something shown once, marks where they belong."""

from hypothesis import given
from hypothesis import strategies as st

from documents.marks import Mark, paragraphs


def shown(text: str, *marks: Mark) -> list[tuple[str, bool, bool]]:
    return [
        (piece.text, piece.marked, piece.problem)
        for paragraph in paragraphs(text, marks)
        for piece in paragraph.pieces
    ]


def test_it_marks_what_was_read() -> None:
    assert shown("甲局负责。\n乙局参与。", Mark(0, 2, "mr1"), Mark(6, 8, problem=True)) == [
        ("甲局", True, False),
        ("负责。", False, False),
        ("乙局", True, True),
        ("参与。", False, False),
    ]


def test_it_lets_a_problem_show_inside_a_wider_mark() -> None:
    assert shown("甲局、乙局负责", Mark(0, 7), Mark(3, 5, problem=True)) == [
        ("甲局、", True, False),
        ("乙局", True, True),
        ("负责", True, False),
    ]


def test_it_gives_an_anchor_to_the_first_piece_only() -> None:
    [paragraph] = paragraphs("甲局、乙局负责", [Mark(0, 7, "mr3", task=3), Mark(3, 5, "p0", problem=True)])
    assert [piece.anchors for piece in paragraph.pieces] == [("mr3",), ("p0",), ()]
    assert [piece.task for piece in paragraph.pieces] == [3, 3, 3]


def test_it_leaves_out_marks_that_lie_outside_the_text() -> None:
    assert shown("甲局", Mark(-1, 1), Mark(1, 9), Mark(2, 1)) == [("甲局", False, False)]


def test_it_leaves_out_what_is_markup_alone() -> None:
    text = '<sup id="a"></sup>\n  1. <wbr>\n甲局<b>负责</b>。\n<li>\n'

    assert shown(text) == [("甲局<b>负责</b>。", False, False)]
    assert ("<li>", True, False) in shown(text, Mark(text.index("<li>"), text.index("<li>") + 4))


def test_it_gives_headings_their_style() -> None:
    styles = [
        one.style for one in paragraphs("一、公共卫生\n（一）监测\n落实。", [], headings=[0], titles=[7])
    ]
    assert styles == ["is-hei", "rt-kaip", ""]


def test_it_joins_lines_that_a_page_broke() -> None:
    line = "加强全市各级医疗机构传染病科建设和医防结合能力培训以及市卫健"
    text = "\n".join([line] * 25 + ["委负责。", "（二）另一项"])
    joined = paragraphs(text, [])
    assert len(joined) == 2
    assert joined[0].pieces[0].text.endswith("市卫健委负责。")


def test_it_joins_a_sentence_that_a_page_cut_inside_a_task() -> None:
    text = "（一）监测。推进政策规\n定落实。\n另起一段。"
    cut = [one.pieces[0].text for one in paragraphs(text, [], titles=[3], runs=[(6, 20)])]
    assert cut == ["（一）监测。推进政策规定落实。", "另起一段。"]


def test_it_leaves_lines_apart_that_no_page_broke() -> None:
    """Paragraphs may be short: what stands below another is another, unless most lines are full."""
    lines = [
        "健全现代医院管理制度",
        "制定医院章程",
        "责任部门：区卫生健康局、区委组织部、区委编办、区医保局",
        "10月底前",
    ]
    assert len(paragraphs("\n".join(lines * 6), [])) == 24


def test_it_leaves_labels_and_cells_apart_inside_a_task() -> None:
    for lines in (
        [
            "牵头单位：区卫生健康局、区委组织部、区委编办",
            "配合单位：区医保局、区财政局",
            "完成时限：10月底前",
        ],
        ["县水利局", "县财政局", "县应急局"],
    ):
        text = "\n".join(lines)
        cut = [one.pieces[0].text for one in paragraphs(text, [], runs=[(0, len(text))])]
        assert cut == lines


def test_it_indents_no_line_a_second_time() -> None:
    text = "　　一、公共卫生\n　　（一）监测。推进政策规\n　　定落实。"
    shown_text = [one.pieces[0].text for one in paragraphs(text, [], runs=[(10, len(text))])]
    assert shown_text == ["一、公共卫生", "（一）监测。推进政策规定落实。"]


@given(
    st.text(alphabet="甲乙。（一）、\n 1a", max_size=200),
    st.lists(st.tuples(st.integers(-3, 210), st.integers(-3, 210), st.booleans()), max_size=12),
)
def test_it_shows_every_character_once(text: str, spans: list[tuple[int, int, bool]]) -> None:
    marks = [Mark(start, end, problem=problem) for start, end, problem in spans]
    whole = "".join(line.lstrip() for line in text.split("\n"))
    assert "".join(piece for piece, _, _ in shown(text, *marks)) == whole
