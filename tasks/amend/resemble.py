"""Which ledgers a paper may be a newer version of: a suggestion, the coordinator decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from departments.models import User
from documents.models import PolicyDocument
from documents.reading import DraftTask
from tasks.amend.pairing import bare
from tasks.models import Ledger
from tasks.propose import ledger_name

MOST = 0.5  # of the titles of the paper
_BRACKETS = str.maketrans("[]【】()（）", "〔〕〔〕〔〕〔〕")


@dataclass(frozen=True)
class Resembling:
    """A ledger of the same place, and why the paper may be its newer version; "" when nothing says so."""

    ledger: Ledger
    reason: str


def resembling(user: User, paper: PolicyDocument, tasks: Sequence[DraftTask]) -> list[Resembling]:
    """The ledgers of the paper's place that the person may open, the likely ones first (two queries)."""
    ledgers = Ledger.objects.visible_to(user).filter(jurisdiction_id=paper.jurisdiction_id)
    ledgers = ledgers.select_related("document").prefetch_related("tasks")
    found = [Resembling(one, reason(one, paper, tasks)) for one in ledgers]
    return sorted(found, key=lambda one: not one.reason)


def reason(ledger: Ledger, paper: PolicyDocument, tasks: Sequence[DraftTask]) -> str:
    """Why a paper looks like a newer version of a ledger's: the number, the title, most of the tasks."""
    older = ledger.document
    if older and paper.number and _number(older.number) == _number(paper.number):
        return "文号相同"
    names = {bare(ledger.name), *([bare(ledger_name(older.title))] if older else [])}
    if bare(ledger_name(paper.title)) in names:
        return "标题相同"
    known = {bare(one.title) for one in ledger.tasks.all()}
    same = sum(bare(one.headline[:300]) in known for one in tasks)
    if tasks and same / len(tasks) > MOST:
        return f"{len(tasks)}项任务中有{same}项标题相同"
    return ""


def _number(number: str) -> str:
    return re.sub(r"\s", "", number).translate(_BRACKETS)
