"""列为指标: the numbers to reach that the paper names are proposed, put right or struck out."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import User
from departments.tests.factories import make_officer
from documents.tests.factories import make_offices, make_text_paper
from tasks.models import Indicator

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TEXT = """平凉市2020年下半年医改重点工作任务

一、分级诊疗
（一）提高基层就诊率。基层就诊率达到65%以上，人员支出占比达到35%—50%。（市卫健委负责）
（二）建设病区。建成3个以上标准化病区。（市财政局负责）
"""


@pytest.fixture
def page(sign_in: SignIn) -> tuple[Client, str]:
    make_offices()
    return sign_in(make_officer()), reverse("tasks:adopt", args=[make_text_paper(TEXT).pk])


def given(page: tuple[Client, str], **changes: str) -> dict[str, str]:
    client, url = page
    form = client.get(url).context["form"]
    values = {bound.html_name: str(bound.value()) for bound in form if bound.value() is not None}
    return {name: value for name, value in (values | changes).items() if value != "False"}


def test_it_shows_every_number_with_a_tick(page: tuple[Client, str]) -> None:
    client, url = page
    response = client.get(url)
    rows = response.context["form"].target_rows
    assert [(row.comparator.value(), row.low.value(), row.high.value()) for row in rows] == [
        (">=", "65", None),
        ("between", "35", "50"),
        (">=", "3", None),
    ]
    text = response.content.decode()
    assert len(re.findall(r'<input type="checkbox" name="take_\d_\d"[^>]*checked', text)) == 3
    assert "列为指标" in text


def test_it_takes_them_as_read_when_nothing_is_changed(page: tuple[Client, str]) -> None:
    client, url = page
    assert client.post(url, given(page)).status_code == 302
    assert [(one.comparator, one.low, one.high, one.unit) for one in Indicator.objects.all()] == [
        (">=", Decimal(65), None, "%"),
        ("between", Decimal(35), Decimal(50), "%"),
        (">=", Decimal(3), None, "个"),
    ]


def test_it_leaves_out_what_is_unticked_and_takes_what_was_put_right(page: tuple[Client, str]) -> None:
    client, url = page
    changes = {
        "take_0_0": "False",
        "indicator_0_1": "人员支出占业务支出比例",
        "comparator_0_1": "<=",
        "high_0_1": "45.5",
        "low_0_1": "1",
        "unit_0_1": "百分比",
        "low_0_0": "不是数字",
    }
    assert client.post(url, given(page, **changes)).status_code == 302
    found = [(one.name, one.comparator, one.low, one.high, one.unit) for one in Indicator.objects.all()]
    assert found[0] == ("人员支出占业务支出比例", "<=", None, Decimal("45.5"), "百分比")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"low_0_0": "很多"}, "请填数字"),
        ({"low_0_0": ""}, "请填写下限"),
        ({"low_0_1": "60"}, "上限不能小于下限"),
        ({"indicator_1_0": ""}, "请填写指标名称"),
        ({"comparator_0_0": "~"}, "is-invalid"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_the_rest(
    page: tuple[Client, str], wrong: dict[str, str], message: str
) -> None:
    client, url = page
    response = client.post(url, given(page, name="改过的名称", **wrong))
    assert response.status_code == 400
    assert message in response.content.decode()
    assert "改过的名称" in response.content.decode()
    assert not Indicator.objects.exists()
