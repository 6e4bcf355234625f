"""Every page of the room opens for those it is for, and refuses the others with a reason."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from departments.models import Post, User
from departments.tests.factories import make_officer
from reports.tests.scene import Scene, make_scene

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def test_it_opens_the_workbench_of_each_role(scene: Scene, sign_in: SignIn) -> None:
    office = sign_in(scene.coordinator).get("/").content.decode()
    assert "份进展报告待审核" in office
    assert "第四季度未报齐的单位" in office
    leader = sign_in(scene.leader).get("/").content.decode()
    assert "黄灯任务" in leader
    assert "催办选中单位" not in leader
    department = sign_in(scene.reporter).get("/").content.decode()
    assert "继续填报（剩3项）" in department


def test_it_opens_the_workbench_without_a_ledger(sign_in: SignIn) -> None:
    office = sign_in(make_officer()).get("/").content.decode()
    assert "上传文件" in office
    leader = sign_in(make_officer(Post.Role.LEADER)).get("/").content.decode()
    assert "医改办建立台账后，任务列在这里。" in leader


@pytest.mark.parametrize(
    ("role", "task", "address"),
    [
        (Post.Role.SYSTEM_ADMIN, "系统管理员管理单位、人员和节假日", "/people/"),
        (Post.Role.SECURITY_ADMIN, "安全管理员授予和收回岗位、解除登录锁定", "/people/"),
        (Post.Role.AUDITOR, "审计管理员查阅操作记录", "/trail/"),
    ],
)
def test_it_tells_an_administrator_where_the_work_is(
    role: Post.Role, task: str, address: str, sign_in: SignIn
) -> None:
    page: Any = html.document_fromstring(sign_in(make_officer(role)).get("/").content)
    main = page.get_element_by_id("main")
    assert task in main.text_content()
    assert [link.get("href") for link in main.iter("a")] == [address]


def test_it_opens_task_and_dashboard(scene: Scene, sign_in: SignIn) -> None:
    for user in (scene.coordinator, scene.leader):
        client = sign_in(user)
        assert client.get(f"/tasks/{scene.tasks['missing'].pk}/").status_code == 200
        assert client.get(f"/ledgers/{scene.ledger.pk}/dashboard/").status_code == 200
        assert client.get(f"/ledgers/{scene.ledger.pk}/bulletins/").status_code == 200
