"""What the shell of every page shows: the left navigation by role, with what waits for the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from departments.bodies.permissions import see_bodies
from departments.models import Department, Jurisdiction, User
from departments.permissions import list_people, oversee
from departments.scope import Scope
from departments.signin.permissions import guard_sign_in
from documents.models import Draft
from notices.models import Notice
from progress.models import Contribution, ProgressReport
from progress.oversight.desk import count_to_rectify, count_to_verify
from progress.requests.desk import waiting_count
from progress.reviewing import corrections_of, queue_of
from reports.permissions import read_trail, see_below
from tasks.current import current_ledger, offered_ledgers
from tasks.models import Ledger
from timekeeping import clock

# Where a page belongs whose address does not lie under that of its line; the first that the person has.
_REVIEWED, _FILED = ("审核", "报送", "台账"), ("报送", "审核", "台账")
BELONGS = {
    "reports:ledgers": ("台账",),
    "reports:task": ("台账",),
    "reports:history": ("台账",),
    "progress:directive": ("台账",),
    "progress:give_directive": ("台账",),
    "progress:strike_directive": ("台账",),
    "tasks:event": ("台账",),
    "tasks:reopen": ("台账",),
    "reports:bulletin": ("通报",),
    "reports:issue_bulletin": ("通报",),
    "progress:periods": ("报送",),
    "progress:reopen_period": ("报送",),
    "progress:import_period": ("报送",),
    "progress:confirm_period": ("报送",),
    "progress:extend_filing": ("报送",),
    "progress:save": _FILED,
    "progress:submit": _FILED,
    "progress:withdraw": _FILED,
    "progress:add_evidence": _FILED,
    "progress:ask_contributions": _FILED,
    "progress:give_contribution": _FILED,
    "progress:requests": _REVIEWED,
    "progress:extension": _REVIEWED,
    "progress:closure": _REVIEWED,
    "progress:extend": _FILED,
    "progress:close": _FILED,
    "progress:ask_correction": _FILED,
    "progress:decline_correction": _REVIEWED,
    "progress:inspection": ("台账",),
    "progress:correct_inspection": ("台账",),
    "progress:findings_xlsx": ("台账",),
    "progress:finding": _REVIEWED,
    "progress:sign": _REVIEWED,
    "progress:send_back": _REVIEWED,
    "progress:accept": _REVIEWED,
    "progress:return_report": _REVIEWED,
    "progress:reopen": _REVIEWED,
    "progress:exempt": _REVIEWED,
    "documents:list": ("文件", "台账"),
    "departments:holidays": ("节假日", "报送"),
    "departments:deputy": ("人员",),
    "departments:end_part": ("人员",),
    "departments:revoke_post": ("人员",),
    "bodies:group": ("单位库",),
    "bodies:places": ("单位库",),
    "bodies:add_place": ("单位库",),
    "bodies:rename_place": ("单位库",),
    "bodies:import": ("单位库",),
    "bodies:confirm_import": ("单位库",),
    "bodies:add": ("单位库",),
    "bodies:add_group": ("单位库",),
}

# The words of a line, its address, and how what waits there is counted.
Line = tuple[str, str, Callable[[], int] | None]
_UNCOUNTED = "uncounted"


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; `count` is what waits for the person there."""

    label: str
    url: str
    current: bool = False
    count: int = 0
    divider_before: bool = False


def shell(request: HttpRequest) -> dict[str, Any]:
    """The shell's part of the context; little of it for somebody who is not signed in."""
    context: dict[str, Any] = {"demo_today": clock.demo_day(), "idle_seconds": settings.IDLE_MINUTES * 60}
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return context
    ledger = current_ledger(request)
    return context | {
        "current_ledger": ledger,
        "ledgers": offered_ledgers(request),
        "navigation": entries(request, user, ledger),
        "user_post": place_of(user, ledger),
        "user_role": role_of(user.scope),
    }


def leave_uncounted(request: HttpRequest) -> None:
    """Let the shell of this answer say nothing of what waits: what is refused costs little, however often it is asked."""
    vars(request)[_UNCOUNTED] = True


def role_of(scope: Scope) -> str:
    """The word for what a person mainly is."""
    words = [
        (scope.coordinates, "协调员"),
        (scope.leads, "分管领导"),
        (scope.heads, "单位审核人"),
        (scope.reports_for, "填报员"),
        (scope.administers, "系统管理员"),
        (scope.secures, "安全管理员"),
        (scope.audits, "审计管理员"),
    ]
    return next((word for held, word in words if held), "")


def place_of(user: User, ledger: Ledger | None) -> str:
    """The department, the reform office or the jurisdiction that stands before the person's name."""
    scope = user.scope
    own = Q(pk__in=scope.departments) | Q(jurisdiction__in=scope.coordinates, is_office=True)
    # A department before the office: somebody of both signs in to file.
    bodies = Department.objects.filter(own).order_by("is_office", "position")
    if body := bodies.values_list("short_name", flat=True).first():
        return body
    if ledger:
        return ledger.jurisdiction.name
    place = Jurisdiction.objects.visible_to(user).first()
    return place.name if place else ""


def entries(request: HttpRequest, user: User, ledger: Ledger | None) -> list[Entry]:
    """The lines that this person may open, in the order of the day's work."""
    scope = user.scope
    lines: list[Line] = [("工作台", reverse("reports:workbench"), None)]
    if ledger:
        lines += _of_ledger(user, ledger)
    divided = len(lines)
    lines += _of_everything(user, scope)
    here = _here(request, {label: url for label, url, _ in lines})
    counted = _UNCOUNTED not in vars(request)
    return [
        Entry(label, url, label == here, count() if count and counted else 0, position == divided)
        for position, (label, url, count) in enumerate(lines)
    ]


def _here(request: HttpRequest, lines: dict[str, str]) -> str:
    """The line under which the open page belongs: the one its view names, else the longest address above it."""
    match = request.resolver_match
    named = BELONGS.get(match.view_name, ()) if match else ()
    if label := next((one for one in named if one in lines), ""):
        return label
    path = request.path
    under = [one for one, url in lines.items() if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=lambda one: len(lines[one]), default="")


def _of_ledger(user: User, ledger: Ledger) -> list[Line]:
    scope, place = user.scope, ledger.jurisdiction_id
    lines: list[Line] = [("台账", reverse("reports:ledger", args=[ledger.pk]), None)]
    if scope.oversees or scope.reports_for:
        lines.append(("报送", reverse("progress:filing", args=[ledger.pk]), partial(_to_file, user, ledger)))
    if place in scope.coordinates or scope.heads:
        lines.append(
            ("审核", reverse("progress:review", args=[ledger.pk]), partial(_to_review, user, ledger))
        )
    if oversee(user, place):
        lines.append(("看板", reverse("reports:dashboard", args=[ledger.pk]), None))
    return [*lines, ("通报", reverse("reports:bulletins", args=[ledger.pk]), None)]


def _to_file(user: User, ledger: Ledger) -> int:
    """How many reports the person still has to file, notes that other departments wait for, findings to put right."""
    scope = user.scope
    if not scope.reports_for:
        return 0
    mine = ProgressReport.objects.filter(period__ledger=ledger, department__in=scope.reports_for)
    notes = Contribution.objects.waiting_for(user, on=clock.today()).filter(report__period__ledger=ledger)
    return mine.fileable(on=clock.today()).count() + notes.count() + count_to_rectify(user, ledger)


def _to_review(user: User, ledger: Ledger) -> int:
    """How many reports, corrections, requests and findings wait for the person, as the pages list them."""
    reports, corrections = queue_of(user, ledger), corrections_of(user, ledger)
    asked = waiting_count(user, ledger) + count_to_verify(user, ledger)
    return reports.count() + corrections.count() + asked


def _of_everything(user: User, scope: Scope) -> list[Line]:
    lines: list[Line] = []
    if see_below(user) and Ledger.objects.summarised_to(user).exists():
        lines.append(("下级台账", reverse("reports:below"), None))
    if scope.oversees:
        lines.append(("文件", reverse("documents:list"), Draft.objects.visible_to(user).open().count))
    if see_bodies(user):
        lines.append(("单位库", reverse("bodies:list"), None))
    if list_people(user):
        lines.append(("人员", reverse("departments:people"), None))
    if scope.administers:
        lines.append(("节假日", reverse("departments:holidays"), None))
    if guard_sign_in(user):
        lines.append(("登录管控", reverse("departments:guard"), None))
    if read_trail(user):
        lines.append(("审计", reverse("reports:trail"), None))
    return [*lines, ("通知", reverse("notices:list"), Notice.objects.visible_to(user).unread().count)]
