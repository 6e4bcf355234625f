"""Carries what was confirmed from the reports to the task, by the same rule that draws the lights."""

from datetime import date

from progress.models import ProgressReport
from progress.standing import standings
from tasks import confirm
from tasks.models import Task
from tasks.with_parts import with_parts


def tell_task(task_id: int, on: date) -> None:
    """Copy the task's confirmed percent and its worst confirmed judgement; called in the act's transaction."""
    task = with_parts(Task.objects.filter(pk=task_id))[0]
    percent = standings([task], on)[task.pk].percent
    confirm.tell(task, percent, _worst(_latest_judgements(task)))


def _latest_judgements(task: Task) -> list[str]:
    """The last confirmed judgement of each department that reports on the task."""
    accepted = task.reports.filter(state=ProgressReport.State.ACCEPTED).order_by("period__due_on", "id")
    return list(dict(accepted.values_list("department_id", "confirmed_status")).values())


def _worst(judgements: list[str]) -> str:
    """One that lags makes the task lag; it is done only when all say so."""
    order = [Task.Status.LAGGING, Task.Status.NORMAL, Task.Status.AHEAD, Task.Status.DONE]
    return next((status for status in order if status in judgements), "")
