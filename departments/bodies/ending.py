"""What merging, dividing and closing have in common: a department ends on a day."""

from __future__ import annotations

from datetime import date, timedelta

from departments.bodies.changing import NotPossible, change
from departments.models import Department


def end(department: Department, *, since: date, version: int, on: date) -> None:
    """Let the day before `since` be the department's last; raises Stale, NotPossible."""
    if since > on:
        raise NotPossible("生效日期不能晚于今天，请在机构调整生效之日或之后办理。", "since")
    last = since - timedelta(days=1)
    if department.active_from and last < department.active_from:
        raise NotPossible(f"生效日期应晚于“{department}”的启用日期{department.active_from}。", "since")
    change(department, version, active_until=last)
    department.active_until = last
