"""What docs/notices.md promises is what the code does."""

from pathlib import Path

import pytest

from notices.models import Notice
from notices.outbox import BACK_OFF
from notices.rules import AFTER, BEFORE

DOCUMENT = (Path(__file__).parents[2] / "docs" / "notices.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "figures",
    [
        f"{', '.join(map(str, BEFORE))} working days before",
        f"{', '.join(map(str, AFTER))} working days after",
        f"{', '.join(map(str, BACK_OFF))} minutes apart",
    ],
)
def test_it_gives_the_figures_of_the_code(figures: str) -> None:
    assert figures in DOCUMENT


@pytest.mark.parametrize("word", [*Notice.Kind.labels, *Notice.State.labels])
def test_it_lists_every_kind_and_state(word: str) -> None:
    assert f"\n| {word} |" in DOCUMENT
