"""Where the demonstration's facts lie, with types."""

import json
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "fixtures"


class Body(TypedDict):
    """A department; `login` is the user name of its reporter, `is_office` marks the reform office."""

    short_name: str
    name: str
    kind: str


class Place(TypedDict):
    """A jurisdiction with its paper, its ledger's dates, its departments and collectives."""

    code: str
    name: str
    level: str
    parent: dict[str, str] | None
    paper: str
    ledger: dict[str, Any]
    coordinator: list[str]
    departments: list[dict[str, Any]]
    groups: list[dict[str, Any]]


class Sample(TypedDict):
    """What a task's departments report in the third and the fourth quarter."""

    number: str
    third: str
    third_percent: int
    fourth: str
    fourth_percent: int
    problems: str
    next_steps: str
    cause: NotRequired[str]  # of those that lag
    remedy: NotRequired[str]
    third_values: NotRequired[list[str]]  # of the task's indicators, in their order
    fourth_values: NotRequired[list[str]]
    practice: NotRequired[bool]


class People(TypedDict):
    """Invented names."""

    leader: list[str]
    system_admin: list[str]
    security_admin: list[str]
    auditor: list[str]
    reporters: list[str]
    heads: list[str]


def _read(name: str) -> Any:
    return json.loads((FOLDER / "demo" / name).read_text("utf-8"))


def places() -> list[Place]:
    """The five jurisdictions; the first one is demonstrated in full."""
    found: list[Place] = _read("places.json")
    return found


def samples() -> dict[str, Sample]:
    """Sample progress of the first place, by the task's ordinal without brackets."""
    found: list[Sample] = _read("progress.json")
    return {sample["number"]: sample for sample in found}


def people() -> People:
    """Names for the accounts."""
    found: People = _read("people.json")
    return found


def paper(place: Place) -> bytes:
    """The place's paper as it was published."""
    return (FOLDER / "papers" / place["paper"]).read_bytes()
