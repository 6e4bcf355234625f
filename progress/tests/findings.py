"""Makers of inspections and of findings in every state, for the cast of the quarter."""

from datetime import date
from typing import Any

from progress.models import Finding, Inspection
from progress.tests.cast import DAY, MORNING, Cast

UNTIL = date(2020, 12, 31)


def make_inspection(cast: Cast, **fields: Any) -> Inspection:
    """Get the inspection of the ledger, or make it."""
    own: dict[str, Any] = {
        "name": "第四季度专项检查",
        "inspected_on": date(2020, 12, 1),
        "entered_by": cast.coordinator,
        "entered_at": MORNING,
    }
    given = own | fields
    found = Inspection.objects.filter(ledger=cast.ledger, name=given["name"]).first()
    return found or Inspection.objects.create(
        ledger=cast.ledger, jurisdiction=cast.ledger.jurisdiction, **given
    )


def make_finding(cast: Cast, state: str = "open", **fields: Any) -> Finding:
    """Make a finding with all that the state needs."""
    written = {"rectification": "已印发制度。", "rectified_on": DAY, "rectified_by": cast.reporter}
    settled = {"closed_by": cast.coordinator, "closed_at": MORNING, "opinion": "情况属实。"}
    own: dict[str, Any] = {
        "inspection": fields.get("inspection") or make_inspection(cast),
        "jurisdiction": cast.task.jurisdiction,
        "task": cast.task,
        "department": cast.department,
        "department_name": cast.department.name,
        "text": "制度没有落实到科室。",
        "rectify_by": UNTIL,
        "state": state,
        **(written if state in ("rectified", "closed") else {}),
        **(settled if state in ("closed", "cancelled") else {}),
    }
    return Finding.objects.create(**own | fields)
