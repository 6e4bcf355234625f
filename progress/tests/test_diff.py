"""What changed between two texts."""

from progress.diff import Piece, compare


def test_it_marks_what_came_and_went() -> None:
    found = compare("完成7个县债务摸底。", "完成7个县债务摸底，办法已形成送审稿。")
    assert found.pieces == (
        Piece("same", "完成7个县债务摸底"),
        Piece("ins", "，办法已形成送审稿"),
        Piece("same", "。"),
    )
    assert (found.inserted, found.deleted, found.changed) == (9, 0, True)


def test_it_treats_numbers_as_wholes() -> None:
    found = compare("新增项目19项", "新增项目17项")
    assert found.pieces[1:3] == (Piece("del", "19"), Piece("ins", "17"))


def test_it_gives_up_single_characters_between_two_changes() -> None:
    found = compare("甲乙的丙丁", "天地的日月")
    assert found.pieces == (Piece("del", "甲乙的丙丁"), Piece("ins", "天地的日月"))


def test_it_says_that_nothing_changed() -> None:
    assert compare("不变", "不变").changed is False
    assert compare("", "").pieces == ()


def test_it_puts_the_two_texts_together_again() -> None:
    old = "选取4家医院，正在开展成本测算。"
    new = "监测范围由4家扩大到11家，已印发方案。"
    pieces = compare(old, new).pieces
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == new
