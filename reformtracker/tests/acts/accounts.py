"""Acts on accounts, parts, posts and the trail."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import pyotp
from django.test import Client
from django.utils import timezone

from audit.archive import archive_trail
from audit.models import Entry
from audit.seal import seal_day
from departments.models import Membership, Post
from departments.people.add import Contact, add_member
from departments.people.appoint import appoint_person, end_membership
from departments.people.deputise import deputise
from departments.people.edit import edit_person
from departments.people.leave import leave, reopen
from departments.people.passwords import reset_password
from departments.people.posts import grant, revoke
from departments.signin import second_factor
from departments.tests.factories import (
    PASSWORD,
    make_reporter,
    make_user,
)
from progress.tests.factories import at
from reformtracker.tests.acts.stage import NOW, TODAY, Do, Stage


def part_ended(stage: Stage) -> Do:
    part = Membership.objects.get(user=stage.reporter)
    return partial(end_membership, part, last_day=TODAY, by=stage.office, on=TODAY)


def deputised(stage: Stage) -> Do:
    part = Membership.objects.get(user=stage.reporter)
    deputy = make_reporter(stage.other, "刘洋")
    until = TODAY + timedelta(days=5)
    return partial(deputise, part, deputy, since=TODAY, until=until, by=stage.office, on=TODAY)


def reopened_account(stage: Stage) -> Do:
    keeper = stage.person(Post.Role.SYSTEM_ADMIN)
    person = make_user("周敏", jurisdiction=stage.place, is_active=False)
    return partial(reopen, person, by=keeper)


def archived(stage: Stage) -> Do:
    Entry.objects.create(at=at(date(2020, 1, 6)), actor_name="李静", act="ledger.export")
    seal_day(date(2020, 1, 6))
    return partial(archive_trail, Path(mkdtemp()), today=date(2021, 6, 1), months=12)


def sealed(stage: Stage) -> Do:
    return partial(seal_day, timezone.localdate() - timedelta(days=1))


def recovered(stage: Stage) -> Do:
    """A recovery code instead of the telephone's."""
    secret = second_factor.propose(stage.office)
    code = pyotp.TOTP(secret).at(NOW)
    (first, *_) = second_factor.turn_on(user=stage.office, code=code, at=NOW, keep=None)
    return partial(second_factor.check, user=stage.office, code=first, at=NOW)


ACTS: Mapping[str, Callable[[Stage], Do]] = {
    "audit.archive": archived,
    "audit.export": lambda s: s.get(s.person(Post.Role.AUDITOR), "/trail/trail.xlsx"),
    "audit.seal": sealed,
    "membership.appoint": lambda s: partial(
        appoint_person,
        s.reporter,
        department=s.other,
        role="reporter",
        since=TODAY,
        until=None,
        by=s.office,
        on=TODAY,
    ),
    "membership.deputise": deputised,
    "membership.end": part_ended,
    "post.grant": lambda s: partial(
        grant,
        s.reporter,
        jurisdiction=s.place,
        role="leader",
        by=s.person(Post.Role.SECURITY_ADMIN),
        on=TODAY,
    ),
    "post.revoke": lambda s: partial(
        revoke, s.person(Post.Role.LEADER).posts.get(), by=s.person(Post.Role.SECURITY_ADMIN)
    ),
    "user.add": lambda s: partial(
        add_member, "zhou", "周敏", department=s.body, role="reporter", by=s.office
    ),
    "user.deactivate": lambda s: partial(
        leave,
        make_user("周敏", jurisdiction=s.place),
        successors={},
        by=s.person(Post.Role.SYSTEM_ADMIN),
        on=TODAY,
    ),
    "user.edit": lambda s: partial(
        edit_person, s.reporter, full_name="王小涛", contact=Contact(), by=s.office
    ),
    "user.reactivate": reopened_account,
    "user.recovery_code_used": recovered,
    "user.reset_password": lambda s: partial(reset_password, s.reporter, by=s.office),
    "user.sign_in": lambda s: partial(
        Client().post, "/signin/", {"username": s.reporter.username, "password": PASSWORD}
    ),
    "user.sign_out": lambda s: s.post(s.reporter, "/signout/"),
}
