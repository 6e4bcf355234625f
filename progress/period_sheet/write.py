"""Write the 填报表: one row a report, what cannot be written any more locked and grey."""

from __future__ import annotations

from progress.models import ProgressReport
from progress.period_sheet.columns import CHOICES, FORM, WRITTEN_FREELY
from progress.period_sheet.desk import Desk, Item
from progress.period_sheet.guide import GUIDE
from progress.period_sheet.keys import book_key, row_key
from sheets.keyed.form import Value
from sheets.keyed.write import Filled, Line, write_keyed
from tasks.models import Task


def write_period_sheet(desk: Desk) -> bytes:
    """What the department owes, as it stands now, as the bytes of an .xlsx file."""
    title = f"{desk.department.name}　{desk.period}{FORM.name}"
    lines = [Line(row_key(desk, item), _row(item), closed=bool(item.lock)) for item in desk.items.values()]
    filled = Filled(
        key=book_key(desk),
        title=title,
        lines=lines,
        guide=GUIDE,
        choices=CHOICES,
        open_choices=WRITTEN_FREELY,
        head=title,
    )
    return write_keyed(FORM, filled)


def _row(item: Item) -> dict[str, Value]:
    task = item.report.task
    return {
        "ref": item.ref,
        "task": task.title or task.body,
        "before": _before(item.last),
        "due": task.due_on.isoformat() if task.due_on else task.due_text,
        **item.cells,
        "state": _state(item),
    }


def _before(last: ProgressReport | None) -> str:
    if last is None:
        return "此前没有已确认的内容。"
    status = Task.Status(last.confirmed_status).label if last.confirmed_status else "未判断"
    return f"{last.period}确认{last.confirmed_percent}%，{status}。\n{last.text}"


def _state(item: Item) -> str:
    report = item.report
    returned = report.return_reason if report.state == ProgressReport.State.RETURNED else ""
    told = (report.get_state_display(), item.lock, f"退回意见：{returned}" if returned else "")
    return "\n".join(words for words in told if words)
