"""A new first password from the command line, for administrators whose account nobody else may keep."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from departments.models import Post, User
from departments.tests.factories import make_officer, make_user

pytestmark = pytest.mark.django_db


def test_it_prints_the_password_and_leaves_a_trace_without_it() -> None:
    admin = make_officer(Post.Role.SECURITY_ADMIN, username="hean")
    out = StringIO()

    call_command("reset_password", "hean", stdout=out)

    password = out.getvalue().partition("：")[2].partition("，")[0]
    fresh = User.objects.get(pk=admin.pk)
    assert fresh.check_password(password)
    assert fresh.must_change_password
    entry = Entry.objects.get(act="user.reset_password")
    assert (entry.actor_name, entry.target_id) == ("系统", admin.pk)
    assert password not in str(entry.after)


def test_it_refuses_unknown_and_closed_accounts() -> None:
    make_user(username="gone", is_active=False)

    with pytest.raises(CommandError, match="没有用户名为"):
        call_command("reset_password", "nobody")
    with pytest.raises(CommandError, match="已停用"):
        call_command("reset_password", "gone")
