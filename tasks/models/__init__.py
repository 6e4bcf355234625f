"""The ledger: what a paper asks, of whom, by when."""

from tasks.models.assignment import Assignment
from tasks.models.change import TaskChange
from tasks.models.ledger import Ledger, Section
from tasks.models.measures import Indicator, Milestone
from tasks.models.task import Task

__all__ = ["Assignment", "Indicator", "Ledger", "Milestone", "Section", "Task", "TaskChange"]
