import pytest

from reports.circular.lines import balanced, char_width


def test_it_counts_a_figure_as_half_a_character() -> None:
    assert char_width("2020年") == 3.0
    assert char_width("（一）") == 3.0


def test_it_leaves_a_short_title_whole() -> None:
    assert balanced("关于进展情况的通报", 19.5) == ["关于进展情况的通报"]


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        (
            "关于2020年下半年医改重点工作任务第三季度进展情况的通报",
            19.5,
            ["关于2020年下半年医改重点工作任务", "第三季度进展情况的通报"],
        ),
        ("平凉市深化医药卫生体制改革领导小组办公室", 15, ["平凉市深化医药卫生体制改革", "领导小组办公室"]),
    ],
)
def test_it_breaks_where_a_word_ends(text: str, limit: float, lines: list[str]) -> None:
    assert balanced(text, limit) == lines


def test_it_keeps_the_breaks_that_the_author_wrote() -> None:
    assert balanced("关于医改\n 进展情况的通报 \n", 4) == ["关于医改", "进展情况的通报"]


def test_it_loses_no_character_of_a_long_title() -> None:
    text = "关于进一步做好全市深化医药卫生体制改革重点任务进展情况报送和督促检查有关工作的通报" * 2
    lines = balanced(text, 19.5)
    assert "".join(lines) == text
    assert all(char_width(line) <= 19.5 for line in lines)


def test_it_never_tears_a_number() -> None:
    assert not any(line.startswith("0") for line in balanced("测" * 17 + "2020年进展情况通报", 19.5))


def test_it_has_no_lines_for_nothing() -> None:
    assert balanced("", 10) == []
