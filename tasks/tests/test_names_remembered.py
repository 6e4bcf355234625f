"""Names are asked about once: the second paper knows what was decided on the first."""

from datetime import date

import pytest

from audit.models import Entry
from departments.models import Alias, GroupAlias, User
from departments.roster import load_roster
from departments.tests.factories import make_department, make_group, make_jurisdiction, make_officer
from documents.models import Draft
from documents.reading import draft_tasks
from documents.tests.factories import MORNING, draft_of, make_offices, make_text_paper
from tasks.adopt import Choices, adopt
from tasks.match import Existing, ExistingGroup, NameChoice, Unmatched, unmatched
from tasks.models import Ledger

pytestmark = pytest.mark.django_db
CLAUSE = "平凉市任务{year}\n\n一、卫生\n（一）监测。落实首诊负责制。（{names}）\n"


@pytest.fixture
def officer() -> User:
    return make_officer()


def paper(names: str, year: int = 2020) -> Draft:
    return draft_of(make_text_paper(CLAUSE.format(names=names, year=year)))


def asked(draft: Draft) -> list[Unmatched]:
    roster = load_roster(draft.document.jurisdiction, MORNING.date())
    return unmatched(draft_tasks(draft), roster)


def take_over(draft: Draft, by: User, name: str, **names: NameChoice) -> Ledger:
    return adopt(
        draft,
        name=name,
        year=2020,
        starts_on=date(2020, 7, 1),
        ends_on=date(2020, 12, 31),
        by=by,
        at=MORNING,
        choices=Choices(names=names, accept_open=True),
    )


def test_the_second_paper_does_not_ask_again(officer: User) -> None:
    make_offices()
    bureau = make_department("银保监局平凉分局")
    first = paper("市卫健委牵头，平凉银保监分局配合")
    assert [one.name for one in asked(first)] == ["平凉银保监分局"]
    take_over(first, officer, "甲", 平凉银保监分局=Existing(bureau.pk))
    second = paper("市卫健委牵头，平凉银保监分局配合", 2021)
    assert asked(second) == []
    ledger = take_over(second, officer, "乙")
    assert ledger.tasks.get().assignments.filter(department=bureau).exists()
    assert Alias.objects.filter(department=bureau).count() == 1


def test_a_collective_is_asked_about_once(officer: User) -> None:
    make_jurisdiction()
    make_department("市卫健委")
    team = make_group("市直医疗机构", [make_department("市一院"), make_department("市二院")])
    first = paper("市卫健委牵头，各市直公立医院配合")
    [one] = asked(first)
    take_over(first, officer, "甲", **{one.name: ExistingGroup(team.pk)})
    assert GroupAlias.objects.get(group=team).text == one.name
    assert Entry.objects.get(act="department_group.alias").after == {"alias": one.name}
    second = paper("市卫健委牵头，各市直公立医院配合", 2021)
    assert asked(second) == []
    parts = take_over(second, officer, "乙").tasks.get().assignments
    assert parts.filter(via_group=team).count() == 2


@pytest.mark.parametrize(
    "printed",
    ["市卫健委", "卫健委", "市卫生健康委", "市卫生健康委员会", "平凉市卫生健康委员会", "平凉市卫健委"],
)
def test_every_way_of_writing_the_commission_is_known(printed: str) -> None:
    body = make_department("市卫健委", name="平凉市卫生健康委员会")
    assert load_roster(body.jurisdiction, MORNING.date()).find(printed) == body


@pytest.mark.parametrize(
    "printed", ["市发改委", "市发展改革委", "市发展和改革委员会", "发改委", "发展改革委"]
)
def test_every_way_of_writing_reform_is_known(printed: str) -> None:
    body = make_department("市发改委", name="平凉市发展和改革委员会")
    assert load_roster(body.jurisdiction, MORNING.date()).find(printed) == body


@pytest.mark.parametrize("printed", ["省卫健委", "市卫监委", "县卫健局"])
def test_another_level_and_a_near_name_are_never_taken_for_it(printed: str) -> None:
    body = make_department("市卫健委", name="平凉市卫生健康委员会")
    assert load_roster(body.jurisdiction, MORNING.date()).find(printed) is None


def test_a_near_name_is_suggested_and_left_to_the_person(officer: User) -> None:
    body = make_department("市疾控中心", name="平凉市疾病预防控制中心")
    make_department("市卫健委")
    [one] = asked(paper("市卫健委牵头，市疾病预防中心配合"))
    assert body in one.likely


def test_a_collective_of_counties_is_its_group() -> None:
    place = make_offices()
    group = load_roster(place, MORNING.date()).find("各县市区人民政府")
    assert str(group) == "各县（市、区）人民政府"
