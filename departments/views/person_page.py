"""One person's page, drawn alike for reading and after a form that could not be taken."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from departments import permissions
from departments.middleware import person
from departments.models import Membership, User
from departments.people.forms import GrantForm, proposed_appointment
from departments.people.listing import parts_seen_by, posts_seen_by
from timekeeping import clock


def person_page(request: HttpRequest, shown: User, **forms: Any) -> HttpResponse:
    """The sections that are the reader's part; `forms` are bound ones with what was wrong."""
    user, on = person(request), clock.today()
    myself = user.pk == shown.pk
    context = {
        "person": shown,
        "on": on,
        "myself": myself,
        "contacts": permissions.see_contacts(user, shown),
        "may_keep": permissions.keep_account(user, shown),
        "parts": _parts(user, shown) if permissions.settle_parts(user) else None,
        "posts": posts_seen_by(user).filter(user=shown),
        "may_grant": permissions.grant_posts(user),
        "appoint_form": _appoint_form(user, shown),
        "grant_form": GrantForm(user) if permissions.grant_posts(user) and not myself else None,
    }
    status = 400 if forms else 200
    return render(request, "departments/person.html", context | forms, status=status)


def _parts(user: User, shown: User) -> list[tuple[Membership, list[Membership]]]:
    """The person's parts, each with who deputises for it now or later (two queries)."""
    on = clock.today()
    deputies = list(
        parts_seen_by(user)
        .filter(deputy_for=shown)
        .exclude(until__lt=on)
        .select_related("user", "department")
    )
    return [
        (part, [one for one in deputies if _same(one, part) and part.deputy_for_id is None])
        for part in parts_seen_by(user).filter(user=shown)
    ]


def _same(one: Membership, other: Membership) -> bool:
    return (one.department_id, one.role) == (other.department_id, other.role)


def _appoint_form(user: User, shown: User) -> Any:
    if (
        not permissions.settle_parts(user)
        or user.pk == shown.pk
        or shown.scope.is_administrator
        or not shown.is_active
    ):
        return None
    return proposed_appointment(user, clock.today())
