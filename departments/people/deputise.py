"""代理: somebody does another's part in a department for a time; the trail says 代."""

from datetime import date

from django.db import transaction

from departments.models import Membership, User
from departments.people.appoint import check_candidate, dates_of, overlapping, trace
from departments.people.hold import NotPossible, afresh, held
from departments.permissions import appoint, require


def deputise(
    membership: Membership, deputy: User, *, since: date, until: date, by: User, on: date
) -> Membership:
    """Let `deputy` do the part of `membership` between two days, both included."""
    with transaction.atomic():
        user = held(deputy, by=by)
        row = Membership.objects.select_related("department", "user").get(pk=membership.pk)
        require(appoint(afresh(by), user, row.department))
        check_candidate(user, since=since, until=until, on=on)
        _check_part(row, user, since=since, until=until)
        made = Membership(
            user=user,
            department=row.department,
            role=row.role,
            since=since,
            until=until,
            deputy_for=row.user,
        )
        if overlapping(made).exists():
            raise NotPossible(f"{user}在这段时间已经承担这项工作，不需要代理。")
        made.save()
        after = dates_of(made) | {"deputy_for": str(row.user)}
        trace("membership.deputise", made, by=by, after=after)
    return made


def _check_part(row: Membership, deputy: User, *, since: date, until: date) -> None:
    if row.deputy_for_id:
        raise NotPossible("代理人不能再请别人代理，请为本人另行安排。")
    if row.user_id == deputy.pk:
        raise NotPossible("不能由本人代理本人，请选择其他人。")
    if (row.since and since < row.since) or (row.until and until > row.until):
        raise NotPossible("代理的日期超出了被代理人的任职时间，请改在任职时间之内。")
