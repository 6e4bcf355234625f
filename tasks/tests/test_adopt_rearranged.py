"""A draft that was split, merged and moved becomes a ledger in its new order; nothing enters it before."""

import pytest

from departments.models import User
from departments.tests.factories import make_officer
from documents import bulk
from documents.merge import merge
from documents.models import Draft
from documents.move import move
from documents.split import split
from documents.tests.factories import draft_of, make_offices, make_text_paper
from documents.tests.test_rearrange import PAPER
from tasks.adopt import CannotAdopt
from tasks.models import Ledger, Task
from tasks.tests.test_adopt import take_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_officer()


@pytest.fixture
def draft() -> Draft:
    make_offices()
    return draft_of(make_text_paper(PAPER))


def lines(ledger: Ledger) -> list[tuple[str, str]]:
    tasks = Task.objects.filter(ledger=ledger).select_related("section").order_by("position")
    return [(task.section.number, task.ref) for task in tasks]


def test_it_follows_the_order_and_the_sections_of_the_draft(draft: Draft, officer: User) -> None:
    split(draft, 0, at=8, version=1, by=officer)
    merge(draft, [2], into=1, version=2, by=officer)
    move(draft, [3], section="一", before=0, version=3, by=officer)
    with pytest.raises(CannotAdopt, match="还有1处必须处理"):  # nobody answers for what was merged in
        take_over(draft, officer)
    bulk.accept(draft, [1], version=4, by=officer)
    assert not Task.objects.exists()
    assert lines(take_over(draft, officer)) == [
        ("一", "二/（四）"),
        ("一", "一/（一）"),
        ("一", "一/（一）-2"),
        ("一", "一/（二）"),
    ]


def test_it_is_not_held_up_by_a_question_about_what_stays_out(draft: Draft, officer: User) -> None:
    bulk.leave_out(draft, [2], reason="不是任务", version=1, by=officer)
    assert [ref for _, ref in lines(take_over(draft, officer))] == ["一/（一）", "一/（二）", "二/（四）"]
