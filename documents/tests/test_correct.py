"""Corrections of a draft: counted, kept apart when two people save at once, in the trail."""

from dataclasses import replace
from datetime import date

import pytest

from audit.models import Entry
from departments.models import User
from departments.tests.factories import make_officer
from documents.correct import (
    FactsChange,
    StaleDraft,
    TaskChange,
    add_task,
    appoint,
    correct,
    correct_facts,
    drop,
    lead_together,
    settle,
)
from documents.models import Draft
from documents.reading import draft_problems, draft_tasks
from documents.tests.factories import draft_of, make_text_paper

pytestmark = pytest.mark.django_db

CHANGE = TaskChange(
    title="完善监测预警系统",
    body="落实首诊负责制。",
    leads=("市卫健委",),
    responsible=(),
    participants=("市财政局", "市教育局"),
    due_kind="fixed",
    due_text="11月底前",
    due_on=date(2020, 11, 30),
)


@pytest.fixture
def officer() -> User:
    return make_officer()


@pytest.fixture
def draft() -> Draft:
    return draft_of(make_text_paper())


def test_it_writes_the_correction(draft: Draft, officer: User) -> None:
    correct(draft, 0, change=CHANGE, version=1, by=officer)
    task = draft_tasks(Draft.objects.get())[0]
    assert task.participants == ("市财政局", "市教育局")
    assert (task.due_kind, task.due_on, task.due_text) == ("fixed", date(2020, 11, 30), "11月底前")
    assert task.clause == "市卫健委负责，市财政局参与"
    assert draft.version == 2


def test_it_leaves_an_entry_with_what_changed(draft: Draft, officer: User) -> None:
    correct(draft, 0, change=CHANGE, version=1, by=officer)
    entry = Entry.objects.get(act="draft.correct")
    assert entry.before["participants"] == ["市财政局"]
    assert entry.after["participants"] == ["市财政局", "市教育局"]
    assert "leads" not in entry.after
    assert entry.jurisdiction_id == draft.document.jurisdiction_id


def test_it_settles_the_problems_of_the_corrected_task_only(draft: Draft, officer: User) -> None:
    draft.problems = [
        {"ref": draft.content["tasks"][0]["ref"], "message": "甲", "must": True},
        {"ref": draft.content["tasks"][1]["ref"], "message": "乙"},
    ]
    draft.save()
    correct(draft, 0, change=CHANGE, version=1, by=officer)
    assert [one.settled for one in draft_problems(draft)] == ["corrected", ""]


def test_it_refuses_a_correction_over_somebody_elses(draft: Draft, officer: User) -> None:
    correct(Draft.objects.get(), 0, change=CHANGE, version=1, by=officer)
    mine = replace(CHANGE, participants=())
    with pytest.raises(StaleDraft) as stale:
        correct(draft, 0, change=mine, version=1, by=officer)
    assert draft_tasks(stale.value.current)[0].participants == ("市财政局", "市教育局")
    assert Entry.objects.filter(act="draft.correct").count() == 1


@pytest.mark.parametrize("state", [Draft.State.ADOPTED, Draft.State.DROPPED])
def test_it_refuses_to_change_a_closed_draft(draft: Draft, officer: User, state: str) -> None:
    Draft.objects.update(state=state)
    with pytest.raises(StaleDraft):
        correct(draft, 0, change=CHANGE, version=1, by=officer)
    with pytest.raises(StaleDraft):
        drop(draft, version=1, by=officer)
    assert Draft.objects.get().state == state


def test_it_accepts_problems_as_read(draft: Draft, officer: User) -> None:
    draft.problems = [{"ref": "一", "message": "甲"}, {"ref": "二", "message": "乙"}]
    draft.save()
    settle(draft, problems=[1], version=1, by=officer)
    assert [one.settled for one in draft_problems(Draft.objects.get())] == ["", "accepted"]
    assert Entry.objects.get(act="draft.settle").after == {"accepted": [{"ref": "二", "message": "乙"}]}


def test_it_lets_all_who_answer_lead(draft: Draft, officer: User) -> None:
    before = draft_tasks(draft)[1]
    assert (before.leads, before.responsible) == (("市卫健委",), ("市财政局",))
    draft.problems = [{"ref": before.ref, "kind": "rule_inferred", "message": "甲"}]
    draft.save()
    lead_together(draft, problems=[0], version=1, by=officer)
    first, second = draft_tasks(Draft.objects.get())
    assert (second.leads, second.responsible) == (("市卫健委", "市财政局"), ())
    assert first.participants == ("市财政局",)
    assert not any(one.open for one in draft_problems(draft))


def test_it_corrects_the_head_of_the_paper(draft: Draft, officer: User) -> None:
    change = FactsChange(
        title="平凉市任务", number="平政办发〔2020〕81号", issuer="", issued_on=date(2020, 10, 30)
    )
    correct_facts(draft, change=change, version=1, by=officer)
    draft.document.refresh_from_db()
    assert (draft.document.title, draft.document.issued_on) == ("平凉市任务", date(2020, 10, 30))
    assert not [one for one in draft_problems(draft) if one.open and not one.ref]
    assert Entry.objects.get(act="document.correct").after["number"] == "平政办发〔2020〕81号"


def test_it_gives_a_draft_up_and_keeps_the_paper(draft: Draft, officer: User) -> None:
    drop(draft, version=1, by=officer)
    assert Draft.objects.get().state == "dropped"
    assert draft.document.file.size
    assert Entry.objects.filter(act="draft.drop").count() == 1


def test_it_appoints_a_lead_where_nobody_leads(draft: Draft, officer: User) -> None:
    refs = [one.ref for one in draft_tasks(draft)]
    draft.problems = [{"ref": ref, "kind": "no_lead", "message": "甲", "must": True} for ref in refs]
    draft.save()
    appoint(draft, problems=[0, 1], lead="市财政局", version=1, by=officer)
    first, second = draft_tasks(Draft.objects.get())
    assert (first.leads, first.participants) == (("市财政局", "市卫健委"), ())
    assert (second.leads, second.responsible) == (("市财政局", "市卫健委"), ())
    assert not any(one.open for one in draft_problems(draft))
    assert set(Entry.objects.get(act="draft.appoint").after["leads"]) == set(refs)


def test_it_changes_no_task_whose_problem_was_settled_before(draft: Draft, officer: User) -> None:
    draft.problems = [{"ref": "一/（一）", "kind": "no_lead", "message": "甲", "settled": "accepted"}]
    draft.save()
    appoint(draft, problems=[0], lead="市财政局", version=1, by=officer)
    assert draft_tasks(Draft.objects.get())[0].leads == ("市卫健委",)


def test_it_adds_a_task_that_was_not_read(draft: Draft, officer: User) -> None:
    add_task(draft, section="一", number="（三）", change=CHANGE, version=1, by=officer)
    added = draft_tasks(Draft.objects.get())[2]
    assert (added.ref, added.section, added.leads) == ("一/（三）", "一", ("市卫健委",))
    assert added.place is None
    assert Entry.objects.get(act="draft.add_task").after["ref"] == "一/（三）"


def test_it_adds_nothing_to_a_draft_that_changed_meanwhile(draft: Draft, officer: User) -> None:
    with pytest.raises(StaleDraft):
        add_task(draft, section="一", number="（三）", change=CHANGE, version=2, by=officer)
    assert len(draft_tasks(Draft.objects.get())) == 2
