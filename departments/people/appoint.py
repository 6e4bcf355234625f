"""任职: who files and who signs off for a department, from when to when."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from audit.record import record
from departments.models import Department, Membership, Post, User
from departments.people.hold import NotPossible, afresh, held
from departments.permissions import appoint, require
from departments.querysets import MembershipQuerySet

BUSINESS_ONLY = "系统、安全、审计管理员不承担业务工作，不能任填报员、审核人、协调员或分管领导。"


def appoint_person(
    person: User,
    *,
    department: Department,
    role: str,
    since: date,
    until: date | None,
    by: User,
    on: date,
) -> Membership:
    """Let a person do a part in a department. Raises Refused, or NotPossible with the reason."""
    with transaction.atomic():
        user = held(person, by=by)
        require(appoint(afresh(by), user, department))
        check_candidate(user, since=since, until=until, on=on)
        if department.active_until and department.active_until < on:
            raise NotPossible(f"{department.short_name}已停用，不能再安排人员。")
        membership = Membership(user=user, department=department, role=role, since=since, until=until)
        if overlapping(membership).own().exists():
            raise NotPossible(f"{user}在这段时间已经是{department.short_name}的{_word(membership)}。")
        membership.save()
        trace("membership.appoint", membership, by=by, after=dates_of(membership))
    return membership


def end_membership(membership: Membership, *, last_day: date | None, by: User, on: date) -> None:
    """End a part after its last day; None ends it at once. Whoever deputises for it ends with it.

    A part that would not have had a day is taken away altogether; the trail keeps it.
    """
    with transaction.atomic():
        held(membership.user, by=by)
        row = Membership.objects.select_related("department", "user").filter(pk=membership.pk).first()
        if row is None or (row.until and row.until < on):
            raise NotPossible("这项任职已经结束，没有重复办理。")
        require(appoint(afresh(by), row.user, row.department))
        if last_day and last_day < on:
            raise NotPossible("最后一天不能早于今天；要立即结束，请不填日期。")
        finish(row, last_day=last_day or on - timedelta(days=1), by=by)


def finish(membership: Membership, *, last_day: date, by: User | None, reason: str = "") -> None:
    """Close a part and what is deputised of it, within the caller's transaction."""
    deputies = Membership.objects.none()
    if membership.deputy_for_id is None:
        deputies = Membership.objects.filter(
            deputy_for=membership.user_id, department=membership.department_id, role=membership.role
        ).filter(until__gt=last_day)
    for row in [membership, *deputies.select_related("department", "user")]:
        before = dates_of(row)
        if row.since and row.since > last_day:
            trace("membership.end", row, by=by, before=before, after={}, reason=reason)
            row.delete()
        else:
            row.until = last_day
            row.save(update_fields=["until"])
            trace("membership.end", row, by=by, before=before, after=dates_of(row), reason=reason)


def check_candidate(user: User, *, since: date, until: date | None, on: date) -> None:
    """Raise NotPossible when this person cannot take a part in a department between these days."""
    if not user.is_active:
        raise NotPossible(f"{user}的账号已停用，请先恢复账号。")
    if user.scope.is_administrator:
        raise NotPossible(BUSINESS_ONLY)
    if until and until < max(since, on):
        raise NotPossible("结束日期不能早于开始日期，也不能早于今天。")


def candidates(part: Membership, *, by: User) -> QuerySet[User]:
    """Who may take a part over or deputise in it: active people of the place, not `by`, no administrators."""
    people: QuerySet[User] = User.objects.belonging_to([part.department.jurisdiction_id])
    people = people.filter(is_active=True).exclude(posts__role__in=Post.ADMINISTRATORS)
    return people.exclude(pk__in=[part.user_id, by.pk]).order_by("full_name", "pk")


def overlapping(wanted: Membership) -> MembershipQuerySet:
    """Parts of the same person in the same role and department that share a day with `wanted`."""
    rows = Membership.objects.filter(user=wanted.user, department=wanted.department, role=wanted.role)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=wanted.since))
    if wanted.until:
        rows = rows.filter(Q(since__isnull=True) | Q(since__lte=wanted.until))
    return rows


def trace(
    act: str,
    row: Membership,
    *,
    by: User | None,
    after: dict[str, object],
    before: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    """One entry on the person whose rights change."""
    named = {"department": row.department.short_name, "role": row.get_role_display()}
    record(
        act,
        actor=by,
        target=row.user,
        jurisdiction_id=row.department.jurisdiction_id,
        before=named | before if before else None,
        after=named | after,
        reason=reason,
    )


def dates_of(row: Membership) -> dict[str, object]:
    """The days of a part, for the trail."""
    return {"since": row.since, "until": row.until}


def _word(row: Membership) -> str:
    return str(Membership.Role(row.role).label)
