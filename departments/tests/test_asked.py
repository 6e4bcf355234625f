"""An id that somebody names is a number that a table could hold, or none."""

import pytest

from departments.asked import asked_id


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("", 0),
        (None, 0),
        ("-1", 0),
        ("1.5", 0),
        ("a", 0),
        ("9" * 18, int("9" * 18)),
    ],
)
def test_it_reads_an_id(text: str | None, number: int) -> None:
    assert asked_id(text) == number


@pytest.mark.parametrize("text", ["9" * 19, "9" * 5000])
def test_it_takes_a_number_that_no_table_holds_for_none(text: str) -> None:
    assert asked_id(text) == 0
