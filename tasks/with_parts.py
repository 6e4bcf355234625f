"""Tasks with all that a line about them names, in a constant number of queries."""

from tasks.models import Assignment, Task
from tasks.querysets import TaskQuerySet


def with_parts(tasks: TaskQuerySet) -> list[Task]:
    """Read `tasks`, each with its section, its ledger and its parts at hand."""
    found = list(tasks.select_related("section").prefetch_related("ledger"))
    parts = Assignment.objects.filter(task__in=[task.pk for task in found]).listed()
    for task in found:
        task.parts = parts[task.pk]
    return found
