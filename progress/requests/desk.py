"""What pages show of requests: those that wait, and one with what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from departments.models import User
from progress.models import Closure, Extension, RequestState
from progress.querysets import RequestQuerySet
from progress.requests import ask_closure, ask_extension
from progress.requests.permissions import may_ask, who_may
from progress.requests.workflow import MOVES, TABLE, WITHDRAWING, Act
from progress.tables import Button
from progress.workflow import Who
from tasks.models import Ledger, Task

_MAIN = (Act.SIGN_EXTENSION, Act.SIGN_CLOSURE, Act.GRANT, Act.COMPLETE)


@dataclass(frozen=True)
class OnTask:
    """What a task's page shows of extensions and closing."""

    extensions: list[Extension]
    closures: list[Closure]
    granted: int  # how often it was extended, by whomever
    asks: bool  # the person files for a lead
    no_extension: str  # why none can be asked for now
    no_closure: str

    @property
    def all(self) -> list[Extension | Closure]:
        """Both kinds."""
        return [*self.extensions, *self.closures]


def on_task(user: User, task: Task, on: date) -> OnTask:
    """Extensions and closing of one task as the person may see them."""
    asks = bool(may_ask(user, task))
    return OnTask(
        extensions=list(shown(Extension.objects.visible_to(user).filter(task=task))),
        closures=list(shown(Closure.objects.visible_to(user).filter(task=task))),
        granted=task.extensions.filter(state=RequestState.GRANTED).count(),
        asks=asks,
        no_extension=ask_extension.why_not_ask(task, on) if asks else "",
        no_closure=ask_closure.why_not_ask(task) if asks else "",
    )


def of_ledger(user: User, ledger: Ledger) -> tuple[list[Extension | Closure], list[Extension | Closure]]:
    """The requests of a ledger that wait for the person, the oldest first, and the others, the newest first."""
    waiting, others = list[Extension | Closure](), list[Extension | Closure]()
    for model in (Extension, Closure):
        rows = shown(model.objects.visible_to(user).filter(task__ledger=ledger))
        mine = set(model.objects.filter(task__ledger=ledger).waiting_for(user).values_list("pk", flat=True))
        for row in rows:
            (waiting if row.pk in mine else others).append(row)
    waiting.sort(key=lambda row: row.asked_at)
    return waiting, sorted(others, key=lambda row: row.asked_at, reverse=True)


def waiting_count(user: User, ledger: Ledger) -> int:
    """How many requests of a ledger wait for the person (two queries)."""
    extensions = Extension.objects.filter(task__ledger=ledger).waiting_for(user)
    closures = Closure.objects.filter(task__ledger=ledger).waiting_for(user)
    return int(extensions.count() + closures.count())


def buttons(user: User, request: Extension | Closure) -> list[Button[Act]]:
    """What the person may do about a request now; the main act last, as a form's foot shows it."""
    return TABLE.buttons(request.state, lambda act: _is_theirs(user, request, act), _MAIN)


def why_none(user: User, request: Extension | Closure) -> str:
    """Why a person who coordinates or signs off can do nothing about an open request, or ""."""
    for line in MOVES:
        theirs = line.before == request.state and _kind(line.act) is type(request)
        if theirs and line.who is not Who.REPORTER and request.asked_by_id == user.pk:
            return who_may(user, request, line.act).reason
    return ""


def shown(rows: RequestQuerySet) -> RequestQuerySet:
    """Rows with what lists and cards read from them."""
    return rows.select_related(
        "task__section", "task__ledger", "department", "asked_by", "signed_by", "decided_by"
    )


def _is_theirs(user: User, request: Extension | Closure, act: Act) -> bool:
    """Whether an act may be offered; about a task that is closed a request can only be withdrawn."""
    open_task = request.task.state == Task.State.OPEN
    if _kind(act) is not type(request) or not (open_task or act in WITHDRAWING):
        return False
    return bool(who_may(user, request, act))


def _kind(act: Act) -> type[Extension] | type[Closure]:
    return Extension if act.startswith("extension.") else Closure
