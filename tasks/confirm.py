"""What the reports confirm is told to the task: a copy for lists of today, no decision of its own."""

from decimal import Decimal

from tasks.models import Task


def tell(task: Task, percent: Decimal | None, status: str) -> None:
    """Store the confirmed percent and judgement on a task; None and "" when nothing is confirmed any more."""
    task.confirmed_percent = percent
    task.confirmed_status = status
    task.save(update_fields=["confirmed_percent", "confirmed_status"])
