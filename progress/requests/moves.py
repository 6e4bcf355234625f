"""The one way to make and to move a request: one conditional write, with its entry in the trail."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from departments.afresh import afresh
from departments.heads import signing_off
from departments.models import User
from departments.permissions import require
from progress.models import Closure, Extension, RequestState
from progress.moves import NotPossible
from progress.requests.permissions import may_ask_for, who_may
from progress.requests.workflow import ACTOR, SIGNING, TABLE, WITHDRAWING, Act
from progress.tables import advance, tell
from tasks.models import Task
from timekeeping.clock import day_of

R = TypeVar("R", bound=Extension | Closure)


def make(request: R, act: Act, **also: Any) -> R:
    """Store a new request; called in the act's transaction, after its checks, with the task held.

    It goes to the department's head, or to the office where nobody but the asker signs off. `also` is told in
    the trail beside its content.
    """
    by, at = request.asked_by, request.asked_at
    require(may_ask_for(afresh(by), request.task, request.department))
    signing = signing_off([request.department_id], writer=by, on=day_of(at))
    request.state = RequestState.SUBMITTED if signing else RequestState.SIGNED
    request.department_name = request.department.name
    request.jurisdiction_id = request.task.jurisdiction_id
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as refused:  # two people asked at the same moment
        raise NotPossible(already(request.KIND)) from refused
    content = {name: getattr(request, name) for name in request.CONTENT}
    told = {**content, **also, "state": request.state}
    tell(act, ACTOR[act], request, by=by, before={}, after=told)
    return request


def already(kind: str) -> str:
    """Why a second request of a kind (延期, 销号) cannot be made while one is open."""
    return f"这项任务已有一件{kind}申请正在办理，办理完毕或者撤回后才能再申请。"


def hold(task: Task) -> Task:
    """The task as it stands, held until the transaction ends."""
    return Task.objects.select_for_update(no_key=True).get(pk=task.pk)


def move(request: R, act: Act, *, version: int, note: str, by: User, at: datetime) -> R:
    """Do `act` and return the request as it then stands.

    Raises Refused (not this person's part), Moved (stale `version`), NotPossible (state, no reason given).
    """
    changes = _changes(act, note, by, at)
    return advance(
        request, act, table=TABLE, who_may=who_may, changes=changes, version=version, note=note, by=by
    )


def _changes(act: Act, note: str, by: User, at: datetime) -> dict[str, Any]:
    if act in WITHDRAWING:
        return {}
    if act in SIGNING:
        return {"signed_by": by, "signed_at": at}
    return {"decided_by": by, "decided_at": at, "decision": note.strip()}
