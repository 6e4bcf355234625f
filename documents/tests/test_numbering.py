"""A task's number and words are one name that cannot be misread."""

import pytest

from documents.numbering import numbered


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("（一）", "（一）3家医院达标"),
        ("(1)", "(1)3家医院达标"),
        ("1", "1. 3家医院达标"),
        ("12", "12. 3家医院达标"),
        ("十一", "十一、3家医院达标"),
        ("㈠", "㈠3家医院达标"),
        ("⒈", "⒈3家医院达标"),
        ("", "3家医院达标"),
    ],
)
def test_it_sets_the_number_off(number: str, name: str) -> None:
    assert numbered(number, "3家医院达标") == name
