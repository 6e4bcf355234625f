"""How late a report is: by its first submission, whatever was returned and filed again since."""

from datetime import date, datetime

from timekeeping.clock import day_of


def days_late(due_on: date, first_submitted_at: datetime | None, on_time: bool | None) -> int:
    """Days between the deadline and the first submission; 0 when on time or not submitted."""
    if on_time is not False or first_submitted_at is None:
        return 0
    return (day_of(first_submitted_at) - due_on).days
