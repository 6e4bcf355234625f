"""导出台账: the list, as it is narrowed, as a workbook."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from departments.files import hand_out
from departments.middleware import person
from progress.models import ProgressReport
from reports.export_ledger import export_ledger
from reports.views.ledger import read_ledger
from timekeeping import clock


@require_safe
def ledger_xlsx(request: HttpRequest, ledger: int) -> FileResponse:
    """The tasks that the same address shows on the page, with the texts that the person may read."""
    user, on = person(request), clock.today()
    shown = read_ledger(request, ledger)
    data = export_ledger(
        shown.ledger,
        shown.rows,
        period=shown.period,
        on=on,
        texts=ProgressReport.objects.visible_to(user),
        by=user,
        columns=request.GET.get("columns", ""),
    )
    return hand_out(data, f"{shown.ledger.name}台账（截至{on.isoformat()}）.xlsx")
