"""移交 of requests, notes and findings: whoever follows goes on where they stand."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from audit.models import Entry
from departments.bodies.changing import NotPossible
from departments.models import Department, User
from departments.tests.factories import make_head, make_reporter
from progress.hand_over import Choices, hand_over, open_work
from progress.hand_over_matters import key_of, move_matter
from progress.models import Contribution, Extension, Finding, Inspection
from progress.requests.decide import decide
from progress.requests.workflow import Act
from progress.tests.cast import DAY, MORNING, Cast, make_cast
from progress.tests.contributions import make_note, make_partner
from progress.tests.requests import make_closure, make_extension

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    """市发改委 was ended yesterday; its neighbour may go on."""
    cast = make_cast()
    Department.objects.filter(pk=cast.department.pk).update(active_until=date(2020, 12, 9))
    cast.department.refresh_from_db()
    return cast


def hand(cast: Cast, *, to: Department | None = None) -> int:
    """Move all that waits, and nothing else."""
    work = open_work(cast.department, by=cast.coordinator, on=DAY)
    chosen = {key_of(one): to or cast.neighbour for one in work.matters}
    return hand_over(cast.department, Choices(matters=chosen), by=cast.coordinator, at=MORNING)


def make_finding(cast: Cast, **fields: object) -> Finding:
    place = cast.ledger.jurisdiction
    inspection = Inspection.objects.create(
        jurisdiction=place,
        ledger=cast.ledger,
        name="年中督查",
        inspected_on=DAY,
        entered_by=cast.coordinator,
        entered_at=MORNING,
    )
    given = {
        "inspection": inspection,
        "task": cast.task,
        "department": cast.department,
        "jurisdiction": place,
    }
    named = {
        "department_name": cast.department.name,
        "text": "监测台账不全。",
        "rectify_by": date(2020, 12, 25),
    }
    return Finding.objects.create(**given | named | fields)


def test_the_successor_goes_on_with_a_request_under_the_name_that_asked(cast: Cast) -> None:
    extension = make_extension(cast, "submitted")
    head = make_head(cast.neighbour, "周敏")
    Department.objects.filter(pk=cast.neighbour.pk).update(needs_sign_off=True)

    assert hand(cast) == 1

    extension.refresh_from_db()
    assert (extension.department, extension.department_name) == (cast.neighbour, cast.department.name)
    assert (extension.state, extension.version) == ("submitted", 1)
    signed = decide(extension, Act.SIGN_EXTENSION, version=1, note="", by=head, at=MORNING)
    assert signed.state == "signed"
    assert Entry.objects.get(act="department.hand_over").after == {
        "moved": [f"延期申请（待审签）{cast.task}：市财政局"]
    }


def test_a_request_goes_to_the_office_where_nobody_signs_off(cast: Cast) -> None:
    extension = make_extension(cast, "submitted")

    hand(cast)

    extension.refresh_from_db()
    assert extension.state == "signed"
    assert (
        decide(extension, Act.GRANT, version=1, note="", by=cast.coordinator, at=MORNING).state == "granted"
    )


def test_what_waits_for_the_office_keeps_its_place(cast: Cast) -> None:
    closure = make_closure(cast)
    make_head(cast.neighbour, "周敏")

    hand(cast)

    closure.refresh_from_db()
    assert (closure.state, closure.department) == ("signed", cast.neighbour)


@pytest.mark.parametrize("state", ["withdrawn", "returned", "granted", "refused"])
def test_what_is_decided_stays(cast: Cast, state: str) -> None:
    make_extension(cast, state)

    assert open_work(cast.department, by=cast.coordinator, on=DAY).matters == []


def test_a_finding_goes_over_with_the_name_of_whom_it_was_found_with(cast: Cast) -> None:
    finding = make_finding(cast)

    hand(cast)

    finding.refresh_from_db()
    assert (finding.department, finding.department_name) == (cast.neighbour, cast.department.name)
    assert Finding.objects.waiting_for(cast.stranger).get() == finding


def test_a_note_is_given_by_the_successor_under_its_own_name(cast: Cast) -> None:
    partner = make_partner(cast)
    note = make_note(cast, partner)
    Department.objects.filter(pk=partner.department.pk).update(active_until=date(2020, 12, 9))
    partner.department.refresh_from_db()
    chosen = Choices(matters={key_of(note): cast.neighbour})

    hand_over(partner.department, chosen, by=cast.coordinator, at=MORNING)

    note.refresh_from_db()
    assert (note.department, note.department_name) == (cast.neighbour, cast.neighbour.name)
    assert Contribution.objects.waiting_for(cast.stranger, on=DAY).get() == note


def test_a_note_is_cancelled_where_the_successor_leads_or_was_asked_itself(cast: Cast) -> None:
    partner, second = make_partner(cast), make_partner(cast, "市医保局")
    note = make_note(cast, partner)
    assert move_matter(note, cast.department, on=DAY)
    note.refresh_from_db()
    assert (note.state, note.department) == ("cancelled", partner.department)

    Contribution.objects.update(state="asked")
    note.refresh_from_db()
    make_note(cast, second)
    assert move_matter(note, second.department, on=DAY)
    note.refresh_from_db()
    assert note.state == "cancelled"


def test_it_moves_nothing_when_somebody_was_first(cast: Cast) -> None:
    seen = make_extension(cast)
    decide(Extension.objects.get(), Act.REFUSE, version=0, note="不变。", by=cast.coordinator, at=MORNING)

    assert not move_matter(seen, cast.neighbour, on=DAY)
    choices = Choices(matters={key_of(seen): cast.neighbour})
    with pytest.raises(NotPossible):
        hand_over(cast.department, choices, by=cast.coordinator, at=MORNING)
    assert Extension.objects.get().department == cast.department


def test_the_page_lists_what_waits_and_moves_what_is_chosen(cast: Cast, sign_in: SignIn) -> None:
    extension, finding = make_extension(cast), make_finding(cast)
    client, address = sign_in(cast.coordinator), f"/departments/{cast.department.pk}/handover/"

    page = client.get(address).content.decode()
    assert "延期申请（待审核）" in page
    assert "检查发现的问题（待整改）" in page
    client.post(address, {f"extension-{extension.pk}": cast.neighbour.pk})

    extension.refresh_from_db()
    finding.refresh_from_db()
    assert (extension.department, finding.department) == (cast.neighbour, cast.department)


def test_it_costs_the_same_for_many(
    cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    finding = make_finding(cast)
    for _ in range(6):
        finding.pk = None
        finding.save(force_insert=True)
    make_reporter(cast.department, "孙丽")
    with django_assert_max_num_queries(7):  # type: ignore[attr-defined]  # a context manager
        work = open_work(cast.department, by=cast.coordinator, on=DAY)
        assert [key_of(one) for one in work.matters if str(one)]
