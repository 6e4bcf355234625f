"""After a merger: tasks, unwritten reports and people go over by choice, what was filed keeps its name."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from audit.models import Entry
from departments.bodies.add import NewBody
from departments.bodies.changing import NotPossible
from departments.bodies.merge import merge
from departments.bodies.split import split
from departments.models import Department, User
from departments.permissions import Refused
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from progress.hand_over import Choices, hand_over, heirs, open_work
from progress.hand_over_matters import key_of
from progress.models import ProgressReport, ReportingPeriod
from progress.previous import last_confirmed
from progress.standing import standings
from progress.tests.factories import at, make_period, make_report
from tasks.models import Assignment, Ledger, Task
from tasks.tests.factories import assign, make_ledger, make_task
from tasks.with_parts import with_parts

pytestmark = pytest.mark.django_db
SINCE, TODAY = date(2020, 12, 1), date(2020, 12, 5)
State = ProgressReport.State


class Case:
    """市卫生局 is merged into 市卫健委 with a confirmed third quarter behind it and the fourth before it."""

    def __init__(self) -> None:
        self.office = make_officer()
        self.old = make_department("市卫生局", name="平凉市卫生局")
        self.new = make_department("市卫健委", name="平凉市卫生健康委员会")
        self.ledger: Ledger = make_ledger()
        self.task: Task = make_task(self.ledger, leads=(self.old,))
        third = make_period(
            self.ledger, number=3, name="2020年第三季度", opens_on=date(2020, 9, 1), due_on=date(2020, 9, 15),
            closes_on=date(2020, 9, 22), state="closed",
        )  # fmt: skip
        self.filed = make_report(
            third, self.task, self.old, submitted_on=date(2020, 9, 10), state="accepted", confirmed_percent=60,
            confirmed_status="normal", reviewed_by=self.office, reviewed_at=at(date(2020, 9, 20)),
        )  # fmt: skip
        self.period: ReportingPeriod = make_period(self.ledger)
        self.open = make_report(self.period, self.task, self.old)
        self.writer = make_reporter(self.old, "孙丽")

    def merge(self) -> None:
        merge([(self.old, 0)], into=self.new, since=SINCE, reason="方案", by=self.office, on=TODAY)
        self.old.refresh_from_db()

    def everything(self, to: Department | None = None) -> Choices:
        work, to = open_work(self.old, by=self.office, on=TODAY), to or self.new
        parts, reports, people = (
            {row.pk: to for row in rows} for rows in (work.parts, work.reports, work.people)
        )
        return Choices(parts, reports, people, {key_of(matter): to for matter in work.matters})

    def hand_over(self, choices: Choices | None = None, by: User | None = None) -> int:
        return hand_over(self.old, choices or self.everything(), by=by or self.office, at=at(TODAY))


@pytest.fixture
def case() -> Case:
    made = Case()
    made.merge()
    return made


def test_it_hands_everything_over(case: Case) -> None:
    assert case.hand_over() == 3

    assert [part.department for part in case.task.assignments.all()] == [case.new]
    case.open.refresh_from_db()
    assert (case.open.department, case.open.department_name) == (case.new, "平凉市卫生健康委员会")
    assert User.objects.get(pk=case.writer.pk).scope_on(TODAY).reports_for == {case.new.pk}
    assert not open_work(case.old, by=case.office, on=TODAY)


def test_it_leaves_what_was_filed_under_the_old_name(case: Case) -> None:
    case.hand_over()

    case.filed.refresh_from_db()
    assert (case.filed.department, case.filed.department_name) == (case.old, "平凉市卫生局")


def test_it_counts_what_was_confirmed_to_the_predecessor(case: Case) -> None:
    case.hand_over()
    task = with_parts(Task.objects.filter(pk=case.task.pk))[0]

    assert standings([task], TODAY)[task.pk].percent == Decimal("60.0")
    case.open.refresh_from_db()
    assert last_confirmed(case.open) == case.filed


def test_it_hands_over_only_what_was_chosen(case: Case) -> None:
    part = case.task.assignments.get()

    assert case.hand_over(Choices(parts={part.pk: case.new})) == 1

    case.open.refresh_from_db()
    assert case.open.department == case.old
    assert Assignment.ever.get(pk=part.pk).ended_on == TODAY


def test_it_keeps_the_stronger_part_and_asks_for_one_report(case: Case) -> None:
    assign(case.task, case.new, "participant")
    theirs = make_report(case.period, case.task, case.new)

    case.hand_over()

    assert case.task.assignments.get().role == "lead"
    case.open.refresh_from_db()
    assert (case.open.state, case.open.department) == (State.EXEMPT, case.old)
    assert case.open.exempt_reason == "任务已由平凉市卫生健康委员会承接，由其一并报送。"
    theirs.refresh_from_db()
    assert theirs.state == State.EXPECTED


def test_it_leaves_one_entry_for_the_act(case: Case) -> None:
    case.hand_over(Choices(parts={case.task.assignments.get().pk: case.new}))

    entry = Entry.objects.get(act="department.hand_over")
    assert entry.after == {"moved": [f"任务{case.task.ref}牵头：市卫健委"]}


def test_it_divides_the_work_of_a_divided_department() -> None:
    case = Case()
    parts = [NewBody("平凉市卫健局", "市卫健局"), NewBody("平凉市疾控局", "市疾控局")]
    made = split(case.old, parts, main=0, since=SINCE, reason="方案", version=0, by=case.office, on=TODAY)
    case.old.refresh_from_db()

    assert heirs(case.old) == made
    case.hand_over(case.everything(made[1]))
    assert case.task.assignments.get().department == made[1]


@pytest.mark.parametrize("choice", ["nothing", "stranger", "unknown"])
def test_it_refuses_what_does_not_fit(case: Case, choice: str) -> None:
    part = case.task.assignments.get().pk
    choices = {
        "nothing": Choices(),
        "stranger": Choices(parts={part: make_department("市医保局")}),
        "unknown": Choices(parts={part + 99: case.new}),
    }

    with pytest.raises(NotPossible):
        case.hand_over(choices[choice])
    assert case.task.assignments.get().department == case.old


def test_it_moves_nothing_when_one_thing_cannot_move(case: Case) -> None:
    make_report(case.period, case.task, case.new)
    ProgressReport.objects.filter(pk=case.open.pk).update(state="returned", return_reason="请补充")

    with pytest.raises(NotPossible, match="退回的报告不能移交"):
        case.hand_over()
    assert case.task.assignments.get().department == case.old
    assert not Entry.objects.filter(act="department.hand_over").exists()


def test_it_refuses_a_department_that_is_active() -> None:
    case = Case()

    with pytest.raises(NotPossible, match="还在用"):
        case.hand_over()


def test_it_refuses_others(case: Case) -> None:
    for by in (case.writer, make_officer(jurisdiction=make_jurisdiction("130100", "石家庄市"))):
        with pytest.raises(Refused):
            case.hand_over(by=by)


def test_it_offers_the_successor_on_the_page(case: Case, sign_in: Callable[[User], Client]) -> None:
    Department.objects.filter(pk=case.old.pk).update(active_until=date(2020, 11, 30))
    client = sign_in(case.office)
    address = f"/departments/{case.old.pk}/handover/"

    page = client.get(address).content.decode()
    assert f'value="{case.new.pk}" selected' in page

    part = case.task.assignments.get()
    client.post(address, {f"part-{part.pk}": case.new.pk})
    assert case.task.assignments.get().department == case.new
    assert client.post(address, {}).status_code == 400
