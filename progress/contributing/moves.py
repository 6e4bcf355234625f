"""The one way to move a contribution: a conditional update on state and version, with its entry in the trail."""

from collections.abc import Mapping
from typing import Any

from audit.record import record
from departments.models import User
from progress.contributing.workflow import TABLE, Act
from progress.models import Contribution
from progress.tables import Moved


def fresh(contribution: Contribution) -> Contribution:
    """The contribution as the database has it now, with what pages and rules read from it."""
    rows = Contribution.objects.select_related(
        "department", "asked_by", "given_by", "report__department", "report__period", "report__task__ledger"
    )
    return rows.get(pk=contribution.pk)


def move(
    contribution: Contribution, act: Act, *, by: User, department: int, changes: Mapping[str, Any]
) -> Contribution:
    """Change the contribution in the version given; called in the act's transaction, after its checks.

    `department` is the one in whose name `by` acts. Raises Moved.
    """
    line = TABLE.find(contribution.state, act)
    rows = Contribution.objects.filter(
        pk=contribution.pk, state=contribution.state, version=contribution.version
    )
    if line is None or not rows.update(**changes, state=line.after, version=contribution.version + 1):
        raise Moved(fresh(contribution))
    moved = fresh(contribution)
    told = [name for name in ("state", "text") if getattr(contribution, name) != getattr(moved, name)]
    record(
        act,
        actor=by,
        target=moved,
        jurisdiction_id=moved.jurisdiction_id,
        before={name: getattr(contribution, name) for name in told},
        after={name: getattr(moved, name) for name in told},
        stands_in_for=by.scope.stands_in_for(line.who, department),
    )
    return moved
