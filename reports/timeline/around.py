"""What happened around the reports of a task: urging, files, notes of participants, directives, findings."""

from __future__ import annotations

from collections.abc import Iterator

from departments.models import User
from progress.models import Contribution, Directive, Evidence, Finding, ReportingPeriod
from reports.periods import short_name
from reports.permissions import follow_inside
from reports.timeline.event import Event, Kind, long_day, on_day, said
from tasks.models import Task


def of_urges(user: User, task: Task) -> Iterator[Event]:
    """Urging of departments that owed a report on the task, to them and to the office (four queries).

    An urge is the act of a room beside this one; the period knows those that were made for it.
    """
    owed = set(task.reports.order_by().values_list("period_id", "department_id"))
    periods = ReportingPeriod.objects.filter(pk__in={period for period, _ in owed})
    for period in periods.prefetch_related("urges__by", "urges__department"):
        for one in period.urges.all():
            theirs = follow_inside(user, task.jurisdiction_id, one.department_id)
            if theirs and (period.pk, one.department_id) in owed:
                text = said(f"催办{one.department.short_name}{short_name(period)}报告", one.by)
                yield Event(one.at, Kind.URGE, text, one.text)


def of_evidence(user: User, task: Task) -> Iterator[Event]:
    """Files added to reports, and taken out again (one query)."""
    files = Evidence.objects.visible_to(user).filter(report__task=task)
    for one in files.select_related("added_by", "removed_by", "report__department"):
        body = one.report.department.short_name if one.report else ""
        yield Event(one.added_at, Kind.MATERIAL, said(f"{body}添加佐证材料《{one.name}》", one.added_by))
        if one.removed_at:
            what = said(f"{body}移除佐证材料《{one.name}》", one.removed_by)
            yield Event(one.removed_at, Kind.MATERIAL, what)


def of_contributions(user: User, task: Task) -> Iterator[Event]:
    """What the lead asked of participants, and what they gave (one query)."""
    rows = Contribution.objects.visible_to(user).filter(report__task=task)
    for one in rows.select_related("asked_by", "given_by", "department", "report__department"):
        lead, body = one.report.department.short_name, one.department.short_name
        asked = said(f"{lead}请{body}提供配合情况", one.asked_by)
        yield Event(one.asked_at, Kind.MATERIAL, asked, one.request)
        if one.given_at:
            yield Event(one.given_at, Kind.MATERIAL, said(f"{body}提供配合情况", one.given_by))


def of_directives(user: User, task: Task) -> Iterator[Event]:
    """批示 and what came of them (one query)."""
    rows = Directive.objects.visible_to(user).filter(task=task)
    for one in rows.select_related("outcome_by", "struck_by"):
        yield on_day(one.given_on, Kind.OVERSIGHT, f"{one.leader_name}批示", one.text)
        if one.struck_at:
            yield Event(
                one.struck_at, Kind.OVERSIGHT, said("批示录入有误，已撤销", one.struck_by), one.struck_reason
            )
        if one.outcome_on:
            what = said("批示落实情况", one.outcome_by)
            yield on_day(one.outcome_on, Kind.OVERSIGHT, what, one.outcome)


def of_findings(user: User, task: Task) -> Iterator[Event]:
    """What inspections found, and how it was put right (one query)."""
    rows = Finding.objects.visible_to(user).filter(task=task)
    for one in rows.select_related("inspection", "department", "rectified_by", "closed_by"):
        body = one.department.short_name
        found = f"{one.inspection}发现{body}问题，{long_day(one.rectify_by)}前整改"
        yield on_day(one.inspection.inspected_on, Kind.OVERSIGHT, found, one.text)
        if one.rectified_on:
            what = said(f"{body}报告整改情况", one.rectified_by)
            yield on_day(one.rectified_on, Kind.OVERSIGHT, what, one.rectification)
        if one.closed_at:
            yield Event(one.closed_at, Kind.OVERSIGHT, said(f"{body}整改经核实办结", one.closed_by))
