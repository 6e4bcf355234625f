"""批量确认: several waiting reports with the departments' own numbers; each stands on its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from departments.models import User
from departments.permissions import Refused
from progress.models import ProgressReport
from progress.moves import Conflict, NotPossible
from progress.review import accept


@dataclass(frozen=True)
class Outcome:
    """What was confirmed, and what was left with the reason."""

    done: list[ProgressReport] = field(default_factory=list)
    left: list[tuple[ProgressReport, str]] = field(default_factory=list)


def accept_several(reports: Iterable[tuple[ProgressReport, int]], *, by: User, at: datetime) -> Outcome:
    """Confirm reports in the versions that the person saw, as their departments said.

    Left are those that have moved since, or that are not this person's to confirm.
    """
    outcome = Outcome()
    for report, version in reports:
        if why := _accept_as_said(report, version, by, at):
            outcome.left.append((report, why))
        else:
            outcome.done.append(report)
    return outcome


def _accept_as_said(report: ProgressReport, version: int, by: User, at: datetime) -> str:
    """Confirm one, also by a first click just before; else why not."""
    percent, status = report.said_percent, report.said_status
    if percent is None or not status:
        return "单位没有填写完成进度或者判断"
    try:
        accept(report, version=version, percent=percent, status=status, note="", by=by, at=at)
    except (Refused, NotPossible) as refused:
        return str(refused).rstrip("。")
    except Conflict as conflict:
        return _moved(conflict.current, version, by)
    return ""


def _moved(current: ProgressReport, version: int, by: User) -> str:
    mine = current.revisions.filter(version=version + 1, act="accept", by=by).exists()
    if mine and current.version == version + 1:
        return ""
    return f"页面打开以后有变动，现在是“{current.get_state_display()}”"
