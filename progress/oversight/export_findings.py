"""导出整改台账: the findings of an inspection that the person may see, as a workbook; leaves an entry itself."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from audit.record import record
from departments.models import User
from progress.models import Inspection
from progress.oversight.desk import Line
from sheets.table import Column, write_table

SHEET = "整改台账"
COLUMNS = (
    Column("number", "序号", 6),
    Column("task", "任务", 30),
    Column("department", "责任单位", 16),
    Column("text", "发现的问题", 40),
    Column("rectify_by", "整改期限", 12),
    Column("state", "状态", 14),
    Column("rectification", "整改情况", 40),
    Column("rectified_on", "整改日期", 12),
    Column("opinion", "医改办意见", 24),
)


@transaction.atomic
def export_findings(inspection: Inspection, lines: Iterable[Line], *, on: date, by: User) -> bytes:
    """The .xlsx of `lines`; writes "inspection.export"."""
    rows = [_row(number, line) for number, line in enumerate(lines, start=1)]
    record(
        "inspection.export",
        actor=by,
        target=inspection,
        jurisdiction_id=inspection.jurisdiction_id,
        after={"on": on.isoformat(), "rows": len(rows)},
    )
    head = f"{inspection.name}{SHEET}（截至{on.year}年{on.month}月{on.day}日）"
    return write_table(SHEET, COLUMNS, rows, spare=0, head=head)


def _row(number: int, line: Line) -> dict[str, str]:
    finding = line.finding
    moved = f"（原{finding.original_rectify_by}）" if finding.original_rectify_by else ""
    return {
        "number": str(number),
        "task": str(finding.task),
        "department": finding.department_name,
        "text": finding.text,
        "rectify_by": f"{finding.rectify_by}{moved}",
        "state": "，".join(filter(None, (str(finding.get_state_display()), line.late))),
        "rectification": finding.rectification,
        "rectified_on": str(finding.rectified_on or ""),
        "opinion": finding.opinion,
    }
