"""指标 and 节点 of a task as a report tells them: what is asked, what was confirmed last, what is said now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from progress.content import ReportContent
from progress.models import IndicatorValue, ProgressReport
from progress.numbers import NotANumber, read_number
from progress.previous import last_values_of
from tasks.models import Assignment, Indicator, Milestone
from tasks.wanted import plain, reaches, wanted, worse


@dataclass(frozen=True)
class ValueLine:
    """An indicator with the last confirmed value and the one said now, which may be unreadable in a draft."""

    indicator: Indicator
    last: IndicatorValue | None
    said: str

    @property
    def wanted(self) -> str:
        """The target in the words of the paper."""
        return wanted(self.indicator)

    @property
    def before(self) -> str:
        """The last confirmed value with its unit."""
        return f"{plain(self.last.value)}{self.indicator.unit}" if self.last else "—"

    @property
    def now(self) -> str:
        """What is said now, with its unit."""
        return f"{self.said}{self.indicator.unit}" if self.said else "—"

    @property
    def remarks(self) -> list[str]:
        """What a reviewer should look at: a target that is missed, a value that went the wrong way."""
        value = self._value()
        if value is None:
            return []
        missed = "" if reaches(self.indicator, value) else "未达目标"
        way = worse(self.indicator, self.last.value, value) if self.last else ""
        return list(filter(None, (missed, f"较上次{way}" if way else "")))

    def _value(self) -> Decimal | None:
        try:
            return read_number(self.said)
        except NotANumber:
            return None


@dataclass(frozen=True)
class StepLine:
    """A milestone with the day that a report gives for it."""

    step: Milestone
    said: str

    @property
    def late(self) -> bool:
        """Whether the day that is said lies after the milestone's own."""
        due = self.step.due_on
        return bool(self.said and due and self.said > due.isoformat())


@dataclass(frozen=True)
class Told:
    """The lines that hold something."""

    values: tuple[ValueLine, ...]
    steps: tuple[StepLine, ...]


@dataclass(frozen=True)
class Measures:
    """What can be told about one task by one department; `steps` are empty but for those who lead."""

    indicators: tuple[Indicator, ...] = ()
    steps: tuple[Milestone, ...] = ()
    last: Mapping[int, IndicatorValue] = field(default_factory=dict)  # by indicator

    @property
    def open_steps(self) -> list[Milestone]:
        """Milestones that nobody has got confirmed yet."""
        return [step for step in self.steps if step.done_on is None]

    def told(self, content: ProgressReport | ReportContent) -> Told:
        """What a report or a content says of them."""
        values, steps = self.values(content.said_values), self.days(content.said_steps)
        return Told(tuple(one for one in values if one.said), tuple(one for one in steps if one.said))

    def values(self, said: Mapping[str, str]) -> list[ValueLine]:
        """A line for each indicator."""
        return [ValueLine(one, self.last.get(one.pk), said.get(str(one.pk), "")) for one in self.indicators]

    def days(self, said: Mapping[str, str]) -> list[StepLine]:
        """A line for each milestone."""
        return [StepLine(one, said.get(str(one.pk), "")) for one in self.steps]


def measures_of(reports: Iterable[ProgressReport]) -> dict[int, Measures]:
    """What each report may tell, by its primary key (a constant number of queries)."""
    asked = list(reports)
    tasks = {report.task_id for report in asked}
    indicators: dict[int | None, list[Indicator]] = defaultdict(list)
    steps: dict[int, list[Milestone]] = defaultdict(list)
    for indicator in Indicator.objects.filter(task__in=tasks):
        indicators[indicator.task_id].append(indicator)
    for step in Milestone.objects.filter(task__in=tasks):
        steps[step.task_id].append(step)
    leads = _leads(tasks) if steps else set()
    last = last_values_of(asked) if indicators else {}
    return {
        report.pk: Measures(
            tuple(indicators[report.task_id]),
            tuple(steps[report.task_id]) if (report.task_id, report.department_id) in leads else (),
            last.get(report.pk, {}),
        )
        for report in asked
    }


def measures_for(report: ProgressReport) -> Measures:
    """The same for one report."""
    return measures_of([report])[report.pk]


def _leads(tasks: Iterable[int]) -> set[tuple[int, int]]:
    parts = Assignment.objects.filter(task__in=tasks, role=Assignment.Role.LEAD)
    return set(parts.order_by().values_list("task_id", "department_id"))
