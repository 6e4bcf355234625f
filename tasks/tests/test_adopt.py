"""adopt: a reviewed draft becomes a ledger, whole or not at all."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection

from audit.models import Entry
from departments.models import Alias, Department, DepartmentGroup, User
from departments.tests.factories import make_officer
from documents.correct import TaskChange, correct, drop, settle
from documents.models import Draft
from documents.reading import draft_problems, draft_tasks
from documents.tests.factories import MORNING, draft_of, make_offices, make_paper, make_text_paper
from tasks.adopt import CannotAdopt, Choices, adopt
from tasks.match import LeftOut, NameChoice, New
from tasks.models import Ledger, Task

pytestmark = pytest.mark.django_db

PINGLIANG: dict[str, NameChoice] = {
    "平凉银保监分局": New("平凉银保监分局", "中国银行保险监督管理委员会平凉监管分局"),
    "甘肃医学院": New("甘肃医学院", "甘肃医学院"),
}


@pytest.fixture
def officer() -> User:
    return make_officer()


def take_over(
    draft: Draft, by: User, *, name: str = "2020年下半年医改任务", choices: Choices | None = None
) -> Ledger:
    return adopt(
        draft,
        name=name,
        year=2020,
        starts_on=date(2020, 7, 1),
        ends_on=date(2020, 12, 31),
        by=by,
        at=MORNING,
        choices=choices,
    )


def pingliang(by: User) -> Ledger:
    draft = draft_of(make_paper("pingliang", make_offices()))
    return take_over(draft, by, choices=Choices(names=PINGLIANG))


def small() -> Draft:
    make_offices()
    return draft_of(make_text_paper())


def parts(task: Task) -> list[tuple[str, str]]:
    return [(str(one.department), one.role) for one in task.assignments.select_related("department")]


def test_it_makes_the_ledger_of_the_paper(officer: User) -> None:
    ledger = pingliang(officer)
    assert [str(one) for one in ledger.sections.all()][:2] == [
        "一、加强公共卫生体系建设",
        "二、深入实施健康平凉行动",
    ]
    assert [one.tasks.count() for one in ledger.sections.all()] == [5, 4, 4, 4, 5, 3]
    assert list(ledger.tasks.values_list("position", flat=True)) == list(range(1, 26))
    assert Draft.objects.get().state == "adopted"
    assert ledger.document == Draft.objects.get().document


def test_it_keeps_the_words_of_the_paper_and_where_they_stand(officer: User) -> None:
    task = pingliang(officer).tasks.get(ref="一/（四）")
    assert (task.number, task.title) == ("（四）", "做好秋冬季新冠肺炎疫情防控")
    assert task.clause == "市卫健委、市发改委、市财政局，各县市区人民政府负责"
    text = task.ledger.document.text if task.ledger.document else ""
    assert "五有三严" in text[task.source_start : task.source_end]


def test_it_lets_a_collective_answer_through_each_member(officer: User) -> None:
    task = pingliang(officer).tasks.get(ref="一/（四）")
    assert parts(task)[:3] == [("市卫健委", "lead"), ("市发改委", "responsible"), ("市财政局", "responsible")]
    through = task.assignments.filter(via_group__isnull=False)
    assert through.count() == 7
    assert {one.role for one in through} == {"responsible"}


def test_it_counts_every_assignment_of_the_paper(officer: User) -> None:
    ledger = pingliang(officer)
    singles = [one for task in ledger.tasks.all() for one in task.assignments.filter(via_group__isnull=True)]
    roles = [one.role for one in singles]
    # 55 leads and 17 participants; the collective stands three times, 6 + 3 names elsewhere.
    draft = draft_tasks(Draft.objects.get())
    collective = sum(name.startswith("各县") for task in draft for name in task.names)
    assert len(roles) + collective == sum(len(task.names) for task in draft)


def test_it_writes_milestones_and_indicators(officer: User) -> None:
    ledger = pingliang(officer)
    task = ledger.tasks.get(ref="一/（二）")
    first = task.indicators.all()[0]
    assert (first.comparator, first.unit) == ("<=", "小时")
    assert (first.low, first.high) == (None, Decimal(2))
    [milestone] = ledger.tasks.get(ref="六/（二十三）").milestones.all()
    assert milestone.due_on == date(2020, 12, 31)
    assert "2020年底" in milestone.title


def test_it_sets_deadlines_of_undated_tasks_as_decided(officer: User) -> None:
    task = take_over(small(), officer).tasks.first()
    assert task is not None
    assert (task.due_kind, task.due_on, task.original_due_on) == (
        "ledger_end", date(2020, 12, 31), date(2020, 12, 31)
    )  # fmt: skip


def test_it_leaves_deadlines_open_when_so_decided(officer: User) -> None:
    ledger = take_over(small(), officer, choices=Choices(undated="none"))
    assert {(one.due_kind, one.due_on) for one in ledger.tasks.all()} == {("none", None)}


def test_it_keeps_the_dates_of_a_table(officer: User) -> None:
    draft = draft_of(make_paper("guyuan"))
    names = {name: New(name, name) for task in draft_tasks(draft) for name in task.names}
    ledger = take_over(draft, officer, choices=Choices(names=names, accept_open=True))
    first = ledger.tasks.get(ref="附件/1")
    assert (first.due_kind, first.due_on, first.due_text) == ("fixed", date(2020, 11, 30), "2020年11月底前")
    assert [one.number for one in ledger.sections.all()] == ["二", "附件"]


def test_it_gives_a_department_its_strongest_role_only(officer: User) -> None:
    make_offices()
    text = "一、公共卫生\n（一）监测。落实。（市卫健委、静宁县、各县（市、区）人民政府负责，市卫健委参与）\n"
    ledger = take_over(draft_of(make_text_paper(text)), officer, choices=Choices(accept_open=True))
    task = ledger.tasks.get()
    names = [name for name, _ in parts(task)]
    assert len(names) == len(set(names)) == 8
    assert dict(parts(task))["市卫健委"] == "lead"
    assert task.assignments.get(department__short_name="静宁县").via_group is None
    assert task.assignments.get(department__short_name="庄浪县").via_group is not None


def test_it_makes_new_departments_and_remembers_them(officer: User) -> None:
    pingliang(officer)
    made = Department.objects.get(short_name="平凉银保监分局")
    assert made.name == "中国银行保险监督管理委员会平凉监管分局"
    assert Entry.objects.filter(act="department.create", target_id=made.pk).exists()
    assert not Alias.objects.filter(department=made).exists()


def test_it_leaves_an_entry_with_what_was_decided(officer: User) -> None:
    ledger = pingliang(officer)
    entry = Entry.objects.get(act="draft.adopt")
    assert (entry.target_id, entry.after["tasks"]) == (ledger.pk, 25)
    assert entry.after["names"]["市发改委"] == "市发改委"
    assert entry.after["names_left_out"] == []


def test_it_leaves_out_what_only_takes_part_when_so_decided(officer: User) -> None:
    make_offices()
    text = "一、公共卫生\n（一）监测。落实。（市卫健委负责，市残联参与）\n"
    draft = draft_of(make_text_paper(text))
    ledger = take_over(draft, officer, choices=Choices(names={"市残联": LeftOut()}, accept_open=True))
    assert parts(ledger.tasks.get()) == [("市卫健委", "lead")]
    assert Entry.objects.get(act="draft.adopt").after["names_left_out"] == ["市残联"]


def test_it_leaves_out_a_task_with_its_reason_in_the_trail(officer: User) -> None:
    draft = small()
    change = TaskChange(
        "完善监测预警系统", "", ("市卫健委",), (), (), "none", "", None, left_out="是说明，不是任务"
    )
    correct(draft, 0, change=change, version=1, by=officer)
    ledger = take_over(draft, officer)
    assert ledger.tasks.count() == 1
    assert Entry.objects.get(act="draft.adopt").after["tasks_left_out"] == [
        {"ref": "一/（一）", "reason": "是说明，不是任务"}
    ]


def test_it_keeps_tasks_apart_whose_number_the_paper_uses_twice(officer: User) -> None:
    make_offices()
    text = "一、公共卫生\n（一）监测。落实。（市卫健委负责）\n（一）储备。落实。（市财政局负责）\n"
    draft = draft_of(make_text_paper(text))
    ledger = take_over(draft, officer, choices=Choices(accept_open=True))
    assert ledger.tasks.count() == len(draft_tasks(draft)) == 2
    assert ledger.tasks.values("ref").distinct().count() == 2


def test_it_numbers_tasks_to_which_the_paper_gives_no_number(officer: User) -> None:
    make_offices()
    text = "一、公共卫生\n——监测3家医院。落实。（市卫健委负责）\n——储备。落实。（市财政局负责）\n"
    ledger = take_over(draft_of(make_text_paper(text)), officer, choices=Choices(accept_open=True))
    assert [str(one) for one in ledger.tasks.all()] == ["1. 监测3家医院", "2. 储备"]


def test_it_gives_a_paper_without_sections_one(officer: User) -> None:
    draft = small()
    for task in draft.content["tasks"]:
        task["section"] = None
    draft.save()
    assert [str(one) for one in take_over(draft, officer).sections.all()] == ["工作任务"]


def test_it_refuses_a_draft_twice(officer: User) -> None:
    draft = small()
    take_over(draft, officer)
    with pytest.raises(CannotAdopt, match="已经入账"):
        take_over(draft, officer, name="又一次")
    assert Ledger.objects.count() == 1


def test_it_refuses_a_draft_that_somebody_changed_meanwhile(officer: User) -> None:
    draft = small()
    settle(Draft.objects.get(), problems=[], version=1, by=officer)
    with pytest.raises(CannotAdopt, match="别人修改"):
        take_over(draft, officer)
    assert not Ledger.objects.exists()
    assert Draft.objects.get().state == "open"


def test_it_refuses_a_draft_given_up(officer: User) -> None:
    draft = small()
    drop(draft, version=1, by=officer)
    with pytest.raises(CannotAdopt, match="已放弃"):
        take_over(draft, officer)
    assert not Ledger.objects.exists()


def test_it_refuses_while_a_problem_must_be_settled(officer: User) -> None:
    draft = draft_of(make_paper("guyuan"))
    with pytest.raises(CannotAdopt, match="还有18处"):
        take_over(draft, officer)
    assert not Ledger.objects.exists()


def test_it_goes_on_when_the_problems_were_accepted(officer: User) -> None:
    make_offices()
    draft = draft_of(
        make_text_paper("一、公共卫生\n（一）监测。落实首诊。（市卫健委负责）\n（二）储备。落实储备。\n")
    )
    must = [one.index for one in draft_problems(draft) if one.must]
    assert must
    settle(draft, problems=must, version=1, by=officer)
    ledger = take_over(draft, officer)
    assert ledger.tasks.count() == 2
    assert Entry.objects.get(act="draft.adopt").after["problems_accepted"]


@pytest.mark.parametrize("names", [{}, {"甘肃医学院": New("甘肃医学院", "甘肃医学院")}])
def test_it_refuses_while_a_name_is_undecided(officer: User, names: dict[str, NameChoice]) -> None:
    draft = draft_of(make_paper("pingliang", make_offices()))
    with pytest.raises(CannotAdopt, match="平凉银保监分局"):
        take_over(draft, officer, choices=Choices(names=names))
    assert Draft.objects.get().state == "open"
    assert not Ledger.objects.exists()
    assert not Department.objects.filter(short_name="甘肃医学院").exists()


def test_it_refuses_to_leave_a_lead_out(officer: User) -> None:
    draft = draft_of(make_paper("pingliang", make_offices()))
    names = {**PINGLIANG, "甘肃医学院": LeftOut()}
    with pytest.raises(CannotAdopt, match="不能略去"):
        take_over(draft, officer, choices=Choices(names=names))
    assert not Ledger.objects.exists()


def test_it_refuses_a_second_ledger_of_one_name(officer: User) -> None:
    take_over(small(), officer)
    text = "一、公共卫生\n（一）监测。落实。（市卫健委负责）\n"
    with pytest.raises(CannotAdopt, match="同名台账"):
        take_over(draft_of(make_text_paper(text)), officer, choices=Choices(accept_open=True))
    assert Ledger.objects.count() == 1


def test_it_refuses_a_draft_without_tasks(officer: User) -> None:
    with pytest.raises(CannotAdopt, match="没有可以入账"):
        take_over(draft_of(make_text_paper("关于放假的通知\n各单位：\n请注意安全。\n")), officer)
    assert not Ledger.objects.exists()


@pytest.mark.parametrize("name", ["shijiazhuang", "chongqing", "jilin"])
def test_it_adopts_papers_of_other_places_with_all_names_new(officer: User, name: str) -> None:
    draft = draft_of(make_paper(name))
    tasks = draft_tasks(draft)
    names: dict[str, NameChoice] = {
        task.full_names.get(one, one): New(one, one) for task in tasks for one in task.names
    }
    ledger = take_over(draft, officer, choices=Choices(names=names, accept_open=True))
    assert ledger.tasks.count() == len(tasks)
    assert sum(task.assignments.count() for task in ledger.tasks.all()) == sum(
        len(set(task.names)) for task in tasks
    )
    assert not DepartmentGroup.objects.exists()


def test_it_makes_one_ledger_when_two_confirm_at_once(committed_db: None) -> None:
    officer, draft = make_officer(), small()
    start = Barrier(2)
    outcomes: list[str] = []

    def confirm(name: str) -> None:
        own = Draft.objects.get(pk=draft.pk)
        try:
            start.wait(timeout=20)
            outcomes.append(take_over(own, officer, name=name).name)
        except CannotAdopt:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=(name,)) for name in ("甲台账", "乙台账")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    ledger = Ledger.objects.get()
    assert sorted(outcomes) == sorted([ledger.name, "refused"])
    assert ledger.tasks.count() == 2
    assert Entry.objects.filter(act="draft.adopt").count() == 1
