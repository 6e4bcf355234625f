"""报送及时率 and its parts, over the set that was frozen when the period opened."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q

from progress.querysets import ReportQuerySet

_SUBMITTED = Q(first_submitted_at__isnull=False)
# The aliases differ from the model's fields (on_time), which aggregates would otherwise hide.
_COUNTS = {
    "n_expected": Count("pk", distinct=True),
    "n_on_time": Count("pk", filter=Q(on_time=True), distinct=True),
    "n_late": Count("pk", filter=Q(on_time=False), distinct=True),
    "n_accepted": Count("pk", filter=Q(state="accepted"), distinct=True),
    "n_in_review": Count("pk", filter=Q(state__in=["submitted", "signed"]), distinct=True),
    "n_not_submitted": Count("pk", filter=~_SUBMITTED, distinct=True),
}


@dataclass(frozen=True)
class FilingRate:
    """Counts of reports; every rate is shown with its two numbers."""

    expected: int = 0
    on_time: int = 0
    late: int = 0
    accepted: int = 0
    in_review: int = 0
    not_submitted: int = 0

    @property
    def filed(self) -> int:
        """Submitted at all, on time or late."""
        return self.on_time + self.late

    @property
    def rate(self) -> Decimal | None:
        """按时报送数/应报送数 in percent with one decimal; None when nothing was expected."""
        if not self.expected:
            return None
        return (Decimal(100 * self.on_time) / self.expected).quantize(Decimal("0.1"), ROUND_HALF_UP)


def filing_rate(reports: ReportQuerySet) -> FilingRate:
    """The counts of a set of reports (one query); exemptions leave numerator and denominator."""
    return _rate(reports.expected().order_by().aggregate(**_COUNTS))


def filing_rates_by(reports: ReportQuerySet, field: str) -> dict[Any, FilingRate]:
    """The counts by a field such as "department_id" or "task_id" (one query)."""
    rows = reports.expected().order_by().values(field).annotate(**_COUNTS)
    return {row.pop(field): _rate(row) for row in rows}


def _rate(counts: dict[str, int]) -> FilingRate:
    return FilingRate(**{name.removeprefix("n_"): count for name, count in counts.items()})
