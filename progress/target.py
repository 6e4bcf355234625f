"""Where a task should stand when a period's reports are judged."""

from datetime import date
from decimal import Decimal

from progress.models import ReportingPeriod
from tasks.lights import expected_percent
from tasks.models import Task


def target_percent(task: Task, period: ReportingPeriod, on: date) -> Decimal:
    """应达: the expected line on the period's due day, or today while that day is still to come.

    It is the line that the light takes once a report of this period is accepted (docs/rules.md, 灯).
    """
    return expected_percent(task.ledger.starts_on, task.line_end, min(period.due_on, on))
