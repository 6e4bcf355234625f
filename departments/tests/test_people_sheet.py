"""人员表: out, in after a look, all or nothing."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from audit.models import Entry
from departments.models import Membership, Post, User
from departments.people.sheet import COLUMNS
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from sheets.table import write_table

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
TODAY = date(2020, 12, 10)


def row(**values: str) -> dict[str, str]:
    return {
        "full_name": "周敏",
        "username": "zhoumin",
        "department": "市卫健委",
        "role": "填报员",
        "office_phone": "",
        "email": "",
        **values,
    }


def upload(client: Client, *rows: dict[str, str]) -> str:
    """The page after an upload; its status stands in front."""
    file = SimpleUploadedFile("人员表.xlsx", write_table("人员", COLUMNS, rows))
    response = client.post("/people/import/", {"file": file})
    return f"{response.status_code} {response.content.decode()}"


def kept_in(page: str) -> str:
    return page.partition('name="kept" value="')[2].partition('"')[0]


def test_it_shows_first_and_writes_after_the_confirmation(sign_in: SignIn) -> None:
    make_department()
    make_department("市财政局")
    client = sign_in(make_officer())

    page = upload(client, row(office_phone="0933-1"), row(department="平凉市财政局", role="单位审核人"))

    assert page.startswith("200")
    assert "新增账号" in page
    assert "新增任职" in page
    assert not User.objects.filter(username="zhoumin").exists()
    response = client.post("/people/import/confirm/", {"kept": kept_in(page)})
    made = User.objects.get(username="zhoumin")
    password = response.content.decode().partition("<code>")[2].partition("</code>")[0]
    assert made.check_password(password)
    assert (made.office_phone, len(made.scope.reports_for), len(made.scope.heads)) == ("0933-1", 1, 1)


def test_it_brings_back_what_it_hands_out_without_a_change(sign_in: SignIn) -> None:
    make_reporter(make_department(), "王涛", username="wangtao", office_phone="0933-8211234")
    client = sign_in(make_officer())

    data = b"".join(client.get("/people/export/").streaming_content)  # type: ignore[attr-defined]  # a FileResponse
    response = client.post("/people/import/", {"file": SimpleUploadedFile("a.xlsx", data)})

    assert load_workbook(io.BytesIO(data)).worksheets[0]["A2"].value == "王涛"
    assert "没有变动" in response.content.decode()
    assert Entry.objects.get(act="people.export").after == {"rows": 1}


def test_it_adds_parts_and_contacts_and_takes_nothing_away(sign_in: SignIn) -> None:
    person = make_reporter(make_department(), "王涛", username="wangtao", office_phone="0933-8211234")
    make_department("市财政局")
    client = sign_in(make_officer())

    page = upload(
        client,
        row(full_name="王涛", username="WangTao", department="市财政局", email="wangtao@example.gov.cn"),
    )
    client.post("/people/import/confirm/", {"kept": kept_in(page)})

    fresh = User.objects.get(pk=person.pk)
    assert len(fresh.scope.reports_for) == 2
    assert (fresh.office_phone, fresh.email) == ("0933-8211234", "wangtao@example.gov.cn")
    assert User.objects.filter(username__iexact="wangtao").count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"department": "市教育局"}, "没有这个单位"),
        ({"role": "局长"}, "请填写填报员或单位审核人"),
        ({"username": "zhou min!"}, "请填写用户名"),
        ({"username": ""}, "请填写用户名"),
        ({"email": "不是邮箱"}, "请填写完整的电子邮箱"),
        ({"office_phone": "=1+1"}, "请填写办公电话"),
        ({"username": "wangtao"}, "属于王涛"),
        ({"username": "stranger"}, "已由其他地方的人使用"),
        ({"username": "auditor", "full_name": "李静"}, "账号不能在这里修改"),
    ],
)
def test_it_tells_what_is_wrong_by_row_and_writes_nothing(
    sign_in: SignIn, wrong: dict[str, str], told: str
) -> None:
    department = make_department()
    make_reporter(department, "王涛", username="wangtao")
    make_officer(Post.Role.AUDITOR, username="auditor")
    elsewhere = make_jurisdiction("130100", "石家庄市")
    make_reporter(make_department("市教育局", elsewhere), "石磊", username="stranger")

    page = upload(sign_in(make_officer()), row(full_name="好人", username="haoren"), row(**wrong))

    assert page.startswith("400")
    assert told in page
    assert "第3行" in page
    assert not User.objects.filter(username="haoren").exists()


def test_it_tells_doubled_rows_and_one_account_of_two_people(sign_in: SignIn) -> None:
    make_department()
    client = sign_in(make_officer())

    assert "与第2行重复" in upload(client, row(), row())
    assert "有两个姓名" in upload(client, row(), row(full_name="周明", role="单位审核人"))
    assert "表格里没有人员" in upload(client)


def test_it_takes_only_what_it_signed_for_this_person(sign_in: SignIn) -> None:
    make_department()
    page = upload(sign_in(make_officer()), row())
    other = sign_in(make_officer())

    for kept in (kept_in(page), kept_in(page)[:-2] + "xx", ""):
        response = other.post("/people/import/confirm/", {"kept": kept}, follow=True)
        assert "预览的内容已失效" in response.content.decode()
    assert not User.objects.filter(username="zhoumin").exists()


def test_it_writes_all_or_nothing(sign_in: SignIn) -> None:
    department = make_department()
    make_department("市财政局")
    client = sign_in(make_officer())
    page = upload(client, row(), row(username="second", full_name="第二人", department="市财政局"))
    make_officer(Post.Role.AUDITOR, username="second")  # meanwhile somebody else got that name

    response = client.post("/people/import/confirm/", {"kept": kept_in(page)}, follow=True)

    assert "没有导入任何内容" in response.content.decode()
    assert not Membership.objects.filter(department=department).exists()


def test_it_refuses_what_is_no_workbook(sign_in: SignIn) -> None:
    client = sign_in(make_officer())

    response = client.post("/people/import/", {"file": SimpleUploadedFile("人员.xlsx", b"no workbook")})

    assert response.status_code == 400
    assert "文件已损坏" in response.content.decode()
