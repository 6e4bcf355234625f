"""申请延期: before the deadline, with the reason, a later date and how far the task is."""

from datetime import date, datetime

from django.db import transaction

from departments.models import Department, User
from departments.permissions import require
from progress.models import Extension
from progress.moves import NotPossible
from progress.requests.moves import already, hold, make
from progress.requests.permissions import may_ask_for
from progress.requests.workflow import Act
from tasks.models import Task
from timekeeping.clock import day_of

LONGEST = 366  # days beyond the deadline in force; more is mostly a wrong year


def ask_extension(
    task: Task, *, department: Department, to: date, percent: int, reason: str, by: User, at: datetime
) -> Extension:
    """Ask for a later deadline. Raises Refused or NotPossible (see `why_not_ask` and `why_not_until`)."""
    require(may_ask_for(by, task, department))
    with transaction.atomic():
        held = hold(task)
        why = why_not_ask(held, day_of(at)) or why_not_until(held, to)
        if why or held.due_on is None:
            raise NotPossible(why)
        extension = Extension(
            task=held,
            department=department,
            from_due_on=held.due_on,
            to_due_on=to,
            percent=percent,
            reason=reason.strip(),
            asked_by=by,
            asked_at=at,
        )
        return make(extension, Act.ASK_EXTENSION)


def why_not_ask(task: Task, on: date) -> str:
    """Why no extension can be asked for on a day, or ""; the deadline's own day is still in time."""
    if task.state != Task.State.OPEN:
        return "这项任务已经办结，不需要延期。"
    if task.due_on is None:
        return "这项任务没有定下完成时限，不需要申请延期。"
    if on > task.due_on:
        return f"完成时限（{_day(task.due_on)}）已过，延期须在到期前申请。请抓紧办理，完成后申请销号。"
    if task.extensions.undecided().exists():
        return already(Extension.KIND)
    return ""


def why_not_until(task: Task, to: date) -> str:
    """Why the deadline cannot be moved to a day, or ""."""
    if task.due_on is None or to <= task.due_on:
        return f"新的时限须晚于现时限{_day(task.due_on) if task.due_on else ''}。"
    if (to - task.due_on).days > LONGEST:
        return "一次延期不能超过一年，请核对年份。"
    return ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
