"""What the reports confirm is told to the task: a copy for lists of today, no decision of its own."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tasks.models import Milestone, Task


def tell(task: Task, percent: Decimal | None, status: str) -> None:
    """Store the confirmed percent and judgement on a task; None and "" when nothing is confirmed any more."""
    task.confirmed_percent = percent
    task.confirmed_status = status
    task.save(update_fields=["confirmed_percent", "confirmed_status"])


def tell_done(task_id: int, done: Mapping[int, date]) -> None:
    """Store on milestones the days on which they were done; one that has a day already keeps it."""
    for step, day in done.items():
        Milestone.objects.filter(pk=step, task=task_id, done_on=None).update(done_on=day)


def take_back_done(task_id: int, done: Mapping[int, date]) -> None:
    """Take these days off the milestones that hold them."""
    for step, day in done.items():
        Milestone.objects.filter(pk=step, task=task_id, done_on=day).update(done_on=None)
