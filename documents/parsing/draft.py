"""What a parsed paper consists of. Every extracted field keeps its place and how sure it is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from documents.parsing.excerpt import Span
from documents.parsing.offsets import Offset

Mode = Literal["single", "joint", "separate", "by_duty", "co_lead", "lead_support", "lead_responsible"]
DeadlineKind = Literal["fixed", "relative", "continuing", "none"]
Comparator = Literal["=", ">=", "<=", "between"]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Name:
    """A body as printed; ``full`` has the level that a list gives only once (省甲厅、乙厅: 省乙厅)."""

    text: str
    span: Span
    full: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time limit of a whole task; the date is empty when the paper does not let it be computed.

    ``event`` and ``offset`` when it counts from something: 省级文件印发, one month.
    """

    raw: str | None = None
    date: datetime.date | None = None
    kind: DeadlineKind = "none"
    span: Span | None = None
    inferred: bool = False
    event: str | None = None
    offset: Offset | None = None

    def as_dict(self) -> Json:
        """The three facts of the schema; event and offset only where there are any."""
        facts: Json = {
            "raw": self.raw,
            "date": self.date.isoformat() if self.date else None,
            "kind": self.kind,
        }
        if self.event:
            facts["event"] = self.event
        if self.offset:
            facts["offset"] = self.offset.as_dict()
        return facts


@dataclass(frozen=True, slots=True)
class LeadRule:
    """A sentence that settles for the paper how roles are to be read."""

    text: str
    span: Span
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """Who answers, read from one responsibility clause."""

    raw: str
    mode: Mode | None = None
    leads: tuple[Name, ...] = ()
    responsible: tuple[Name, ...] = ()
    participants: tuple[Name, ...] = ()
    open_leads: bool = False
    open_participants: bool = False
    deadline: Deadline = Deadline()
    rules: tuple[LeadRule, ...] = ()
    doubts: tuple[str, ...] = ()
    span: Span | None = None
    milestones: tuple[DateInText, ...] = ()

    @property
    def names(self) -> tuple[Name, ...]:
        """All bodies in the order lead, responsible, participants."""
        return self.leads + self.responsible + self.participants

    @property
    def confidence(self) -> float:
        """1.0 when nothing was in doubt, less by 0.2 for each doubt, 0 when nobody was found."""
        if not self.names and not self.open_leads and not self.open_participants:
            return 0.0
        return max(0.2, 1.0 - 0.2 * len(self.doubts))

    def as_dict(self) -> Json:
        """The clause alone, as the command parse_clauses prints it."""
        return {"raw": self.raw, **self.roles(), "deadline": self.deadline.as_dict()}

    def roles(self) -> Json:
        """Mode, names by role and what stays open."""
        return {
            "mode": self.mode,
            "leads": [n.text for n in self.leads],
            "responsible": [n.text for n in self.responsible],
            "participants": [n.text for n in self.participants],
            "open_ended": {"leads": self.open_leads, "participants": self.open_participants},
        }


@dataclass(frozen=True, slots=True)
class DateInText:
    """A calendar limit on part of a task; ``milestone`` when it is a step on the way (9月底前开工)."""

    raw: str
    date: datetime.date | None
    span: Span
    milestone: bool = False

    def as_dict(self) -> Json:
        """Raw words and ISO date."""
        return {"raw": self.raw, "date": self.date.isoformat() if self.date else None}


@dataclass(frozen=True, slots=True)
class Target:
    """A number to be reached."""

    raw: str
    value: float | tuple[float, float]
    unit: str
    comparator: Comparator
    span: Span

    def as_dict(self) -> Json:
        """Value (or the two bounds of a range), unit and comparator."""
        value: Any = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"raw": self.raw, "value": value, "unit": self.unit, "comparator": self.comparator}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the coordinator should look at; ``must`` = the draft cannot be adopted unseen."""

    ref: str
    field: str
    kind: str
    message: str
    span: Span
    must: bool = False

    def as_dict(self) -> Json:
        """The problem as the review screen stores it."""
        start, end = self.span
        return {
            "ref": self.ref,
            "field": self.field,
            "kind": self.kind,
            "message": self.message,
            "start": start,
            "end": end,
            "must": self.must,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the plan."""

    ref: str
    section: str | None
    number: str | None
    title: str | None
    body: str
    clause: Clause | None
    deadline: Deadline
    dates: tuple[DateInText, ...] = ()
    targets: tuple[Target, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    confidence: float = 1.0
    note: str = ""

    def as_dict(self) -> Json:
        """The task in the gold schema, with the places of its fields and names added."""
        clause = self.clause or Clause("")
        return {
            "ref": self.ref,
            "section": self.section,
            "number": self.number,
            "title": self.title,
            "body": self.body,
            "responsibility_raw": self.clause.raw if self.clause else None,
            **clause.roles(),
            "deadline": self.deadline.as_dict(),
            "in_text_dates": [d.as_dict() for d in self.dates],
            "targets": [t.as_dict() for t in self.targets],
            "note": self.note,
            "confidence": round(self.confidence, 2),
            "spans": {name: list(span) for name, span in self.spans.items()},
            "names": {n.text: list(n.span) for n in clause.names},
            "full_names": {n.text: n.full for n in clause.names if n.full},
        }


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the plan; subsections are only recorded where tasks stand below them."""

    number: str
    title: str
    span: Span
    subsections: tuple[Section, ...] = ()

    def as_dict(self) -> Json:
        """Number and title, and the subsections where there are any."""
        plain: Json = {"number": self.number, "title": self.title}
        if self.subsections:
            plain["subsections"] = [one.as_dict() for one in self.subsections]
        return plain


@dataclass(frozen=True, slots=True)
class Facts:
    """What the paper says of itself."""

    title: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    issued_on: datetime.date | None = None
    jurisdiction: str | None = None
    parent_documents: tuple[str, ...] = ()
    reporting_dates: tuple[DateInText, ...] = ()
    lead_rule: tuple[LeadRule, ...] = ()
    year: int | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)

    def as_dict(self) -> Json:
        """The document part of the gold schema, with the places of its facts added."""
        return {
            "title": self.title,
            "document_number": self.document_number,
            "issuer": self.issuer,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "jurisdiction": self.jurisdiction,
            "parent_documents": list(self.parent_documents),
            "reporting_dates": [d.as_dict() for d in self.reporting_dates],
            "lead_rule": [{"text": r.text, "ref": r.ref} for r in self.lead_rule],
            "spans": {name: list(span) for name, span in self.spans.items()},
        }


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A paper as read: nothing of it is in the ledger before a person has confirmed it."""

    facts: Facts
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    problems: tuple[Problem, ...]

    def as_dict(self) -> Json:
        """One JSON object: document, sections, tasks, problems."""
        return {
            "document": self.facts.as_dict(),
            "sections": [s.as_dict() for s in self.sections],
            "tasks": [t.as_dict() for t in self.tasks],
            "problems": [p.as_dict() for p in self.problems],
        }
