"""An id that somebody names is a number that a table could hold, or none."""

import pytest
from django.core.exceptions import ValidationError

from departments.asked import SeveralField, asked_id
from departments.models import Jurisdiction


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


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "a"])
def test_it_refuses_a_choice_that_no_table_holds(db: None, number: str) -> None:
    with pytest.raises(ValidationError):
        SeveralField(Jurisdiction.objects.all()).clean([number])
