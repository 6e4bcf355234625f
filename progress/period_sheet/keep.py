"""Between upload and confirmation what was read waits in the page, signed: nothing is stored or trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from departments import files
from departments.models import User
from progress.period_sheet.changes import Entry
from progress.period_sheet.desk import Desk

_SALT = "progress.period_sheet.entries"


def keep(entries: Iterable[Entry], number: str, desk: Desk, by: User) -> str:
    """The entries of the workbook `number` as text that only `by` can send back, and only for this period and department."""
    content = {"desk": _place(desk), "number": number, "entries": [asdict(entry) for entry in entries]}
    return files.keep(content, by, _SALT)


def take_back(text: str, desk: Desk, by: User) -> tuple[list[Entry], str] | None:
    """What was kept; None also when it was kept for another period or department, or a report went elsewhere."""
    content = files.take_back(text, by, _SALT)
    if content is None or content["desk"] != _place(desk):
        return None
    entries = [Entry(**one) for one in content["entries"]]
    return (entries, content["number"]) if all(entry.report in desk.items for entry in entries) else None


def _place(desk: Desk) -> list[int]:
    return [desk.period.pk, desk.department.pk]
