"""离任: the account goes out of use, its parts and posts end, successors take over, all at once."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from audit.record import record
from departments.models import Membership, User
from departments.people.appoint import appoint_person, finish
from departments.people.hold import NotPossible, afresh, held
from departments.people.posts import take_away
from departments.permissions import keep_account, require

REASON = "离任"


def open_parts(person: User, on: date) -> list[Membership]:
    """The person's parts that have not ended, deputised ones last."""
    rows = Membership.objects.filter(user=person).exclude(until__lt=on)
    return list(rows.select_related("department", "deputy_for").order_by("deputy_for", "department", "role"))


def leave(person: User, *, successors: Mapping[int, User], by: User, on: date) -> None:
    """End an account with everything it holds; `successors` by the number of the part that they take over.

    1. The rights of both are read anew, the account is closed by a conditional update: of two only one wins.
    2. Parts end at once, with whoever deputises in them; a successor is appointed from today.
    3. Posts are taken away, so that an account opened again holds nothing.
    4. Without a password every session of the account ends.
    """
    with transaction.atomic():
        user = held(person, by=by)
        require(keep_account(afresh(by), user))
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            raise NotPossible("账号已经停用，没有重复办理。")
        user.is_active = False
        user.set_unusable_password()
        # Without a part only its home still shows the account to those who keep it.
        user.jurisdiction_id = user.jurisdiction_id or min(user.scope.jurisdictions, default=None)
        user.save(update_fields=["password", "jurisdiction"])
        for part in open_parts(user, on):
            successor = successors.get(part.pk) if part.deputy_for_id is None else None
            finish(part, last_day=on - timedelta(days=1), by=by, reason=REASON)
            if successor:
                _take_over(part, successor, by, on)
        for post in user.posts.select_related("user", "jurisdiction"):
            take_away(post, by=by, reason=REASON)
        record("user.deactivate", actor=by, target=user, jurisdiction_id=user.jurisdiction_id, reason=REASON)


def reopen(person: User, *, by: User) -> None:
    """Take a closed account into use again: it holds no rights and needs a first password."""
    with transaction.atomic():
        user = held(person, by=by)
        require(keep_account(afresh(by), user))
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            raise NotPossible("账号正在使用，不需要恢复。")
        record("user.reactivate", actor=by, target=user, jurisdiction_id=user.jurisdiction_id)


def _take_over(part: Membership, successor: User, by: User, on: date) -> None:
    taken = Membership.objects.own().serving(on)
    if not taken.filter(user=successor, department=part.department, role=part.role).exists():
        appoint_person(
            successor, department=part.department, role=part.role, since=on, until=None, by=by, on=on
        )
