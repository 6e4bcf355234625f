"""What cards show of corrections."""

from collections.abc import Iterable

from progress.models import Correction, ProgressReport


def corrections_of(reports: Iterable[ProgressReport]) -> dict[int, Correction]:
    """The latest correction of each report that stands confirmed, by the report's key (one query)."""
    confirmed = [one.pk for one in reports if one.state == ProgressReport.State.ACCEPTED]
    rows = Correction.objects.filter(report__in=confirmed).select_related("asked_by", "decided_by")
    return {row.report_id: row for row in rows}
