"""Makers of requests in every state, for the cast of the quarter."""

from datetime import date
from typing import Any

from progress.models import Closure, Extension
from progress.tests.cast import MORNING, Cast


def make_extension(cast: Cast, state: str = "signed", **fields: Any) -> Extension:
    """Make a request for three months more, with all that the state needs."""
    own = {"from_due_on": date(2020, 12, 31), "to_due_on": date(2021, 3, 31), "percent": 60}
    return Extension.objects.create(
        **_common(cast, state) | own | {"reason": "招标流标一次，需重新组织。"} | fields
    )


def make_closure(cast: Cast, state: str = "signed", **fields: Any) -> Closure:
    """Make a request to close the task, with all that the state needs."""
    return Closure.objects.create(**_common(cast, state) | {"result": "系统已上线运行。"} | fields)


def _common(cast: Cast, state: str) -> dict[str, Any]:
    decided = {"decided_by": cast.coordinator, "decided_at": MORNING, "decision": "情况属实。"}
    signed = {"signed_by": cast.head, "signed_at": MORNING}
    return {
        "task": cast.task,
        "jurisdiction": cast.task.jurisdiction,
        "department": cast.department,
        "department_name": cast.department.name,
        "asked_by": cast.reporter,
        "asked_at": MORNING,
        "state": state,
        **({} if state in ("submitted", "withdrawn") else signed),
        **({} if state in ("submitted", "signed", "withdrawn") else decided),
    }
