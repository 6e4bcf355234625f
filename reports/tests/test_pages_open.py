"""Every page of the room opens for those it is for, and refuses the others with a reason."""

from collections.abc import Callable

import pytest
from django.test import Client

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
    keeper = sign_in(make_officer(Post.Role.SYSTEM_ADMIN)).get("/").content.decode()
    assert "系统管理员负责单位与人员" in keeper


def test_it_opens_task_and_dashboard(scene: Scene, sign_in: SignIn) -> None:
    for user in (scene.coordinator, scene.leader):
        client = sign_in(user)
        assert client.get(f"/tasks/{scene.tasks['missing'].pk}/").status_code == 200
        assert client.get(f"/ledgers/{scene.ledger.pk}/dashboard/").status_code == 200
        assert client.get(f"/ledgers/{scene.ledger.pk}/bulletins/").status_code == 200
