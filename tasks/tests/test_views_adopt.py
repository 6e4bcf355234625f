"""确认入账: from the reviewed draft of 平凉市 to its ledger, by the page."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Alias, Department, User
from departments.tests.factories import make_department, make_officer
from documents.models import Draft, PolicyDocument
from documents.tests.factories import make_offices, make_paper, make_text_paper
from tasks.models import Ledger

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    return sign_in(make_officer())


def address(paper: PolicyDocument) -> str:
    return reverse("tasks:adopt", args=[paper.pk])


def proposed(client: Client, paper: PolicyDocument) -> dict[str, str]:
    """What the page would send if the coordinator changed nothing."""
    form = client.get(address(paper)).context["form"]
    given = {bound.html_name: bound.value() for bound in form}
    return {name: str(value) for name, value in given.items() if value is not None}


@pytest.fixture
def pingliang() -> PolicyDocument:
    return make_paper("pingliang", make_offices())


def test_it_proposes_the_ledger(office: Client, pingliang: PolicyDocument) -> None:
    given = proposed(office, pingliang)
    assert given["name"] == "平凉市深化医药卫生体制改革2020年下半年重点工作任务及分工"
    assert (given["year"], given["starts_on"], given["ends_on"]) == ("2020", "2020-07-01", "2020-12-31")
    text = office.get(address(pingliang)).content.decode()
    assert "6个方面25项任务" in text
    assert "25项没有写明时限" in text


def test_it_makes_the_ledger_and_goes_there(office: Client, pingliang: PolicyDocument) -> None:
    given = {name: value or "new" for name, value in proposed(office, pingliang).items()}
    response = office.post(address(pingliang), given)
    ledger = Ledger.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("reports:ledger", args=[ledger.pk])
    assert ledger.tasks.count() == 25
    assert ledger.tasks.get(ref="一/（四）").assignments.filter(via_group__isnull=False).count() == 7
    assert (ledger.starts_on, ledger.ends_on) == (date(2020, 7, 1), date(2020, 12, 31))


def test_it_remembers_the_department_chosen_for_a_name(office: Client, pingliang: PolicyDocument) -> None:
    bureau = make_department("银保监局平凉分局")
    page = office.get(address(pingliang)).context["form"]
    place = [one.name for one in page.unknown].index("平凉银保监分局")
    given = {name: value or "new" for name, value in proposed(office, pingliang).items()}
    office.post(address(pingliang), {**given, f"choice_{place}": f"department:{bureau.pk}"})
    assert Alias.objects.get(department=bureau).text == "平凉银保监分局"
    assert bureau.assignments.exists()


def test_it_chooses_nothing_for_a_name_that_resembles_a_department(office: Client) -> None:
    make_department("市卫健委")
    make_department("市疾控中心", name="平凉市疾病预防控制中心")
    paper = make_text_paper(
        "平凉市任务\n一、卫生\n（一）监测。落实。（市卫健委负责，市疾病预防中心、市残联参与）\n"
    )
    form = office.get(address(paper)).context["form"]
    assert [(one.name, form[f"choice_{place}"].value()) for place, one in enumerate(form.unknown)] == [
        ("市疾病预防中心", ""),
        ("市残联", "new"),
    ]


def test_it_makes_every_department_of_a_place_that_has_none(office: Client) -> None:
    paper = make_paper("pingliang")
    given = proposed(office, paper)
    assert list(given.values()).count("new") == 17
    page = office.get(address(paper)).content.decode()
    assert "全部县、市、区人民政府" not in page
    make_department("静宁县", kind="local", name="静宁县人民政府")
    given = proposed(office, paper)
    assert list(given.values()).count("counties") == 1
    assert office.post(address(paper), given).status_code == 302
    assert Department.objects.count() == 18
    assert Ledger.objects.get().tasks.get(ref="一/（四）").assignments.get(via_group__isnull=False)


def test_it_leaves_out_only_names_that_take_part(office: Client) -> None:
    paper = make_text_paper("平凉市任务\n一、卫生\n（一）监测。落实。（市卫健委负责，市残联参与）\n")
    page = office.get(address(paper)).content.decode()
    selects = re.findall(r"<select.*?</select>", page, re.DOTALL)
    offered = [("leave" in one) for one in selects if "choice_" in one]
    assert offered == [False, True]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "必填"),
        ({"ends_on": "2020-01-01"}, "台账结束日期不能早于开始日期"),
        ({"version": "7"}, "刚刚被别人修改"),
        ({"choice_0": ""}, "请确定"),
        ({"choice_0": "department:999999"}, "is-invalid"),
        ({"choice_0": "new", "short_0": ""}, "须填写简称"),
    ],
)
def test_it_says_what_is_missing(
    office: Client, pingliang: PolicyDocument, wrong: dict[str, str], message: str
) -> None:
    before = Department.objects.count()
    given = {name: value or "new" for name, value in proposed(office, pingliang).items()}
    response = office.post(address(pingliang), {**given, **wrong})
    assert response.status_code == 400
    assert message in response.content.decode()
    assert not Ledger.objects.exists()
    assert Department.objects.count() == before
    assert Draft.objects.get().state == "open"


def test_it_refuses_while_a_problem_must_be_settled(office: Client, pingliang: PolicyDocument) -> None:
    Draft.objects.update(problems=[{"ref": "一/（一）", "message": "请指定", "must": True}])
    given = {name: value or "new" for name, value in proposed(office, pingliang).items()}
    response = office.post(address(pingliang), given)
    assert response.status_code == 400
    assert "还有1处必须处理的问题" in response.content.decode()
    assert not Ledger.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_refuses_a_second_time_in_words(office: Client, pingliang: PolicyDocument, method: str) -> None:
    given = {name: value or "new" for name, value in proposed(office, pingliang).items()}
    office.post(address(pingliang), given)
    response = getattr(office, method)(address(pingliang), given)
    assert response.status_code == 403
    assert "已经入账" in response.content.decode()
    assert Ledger.objects.count() == 1
