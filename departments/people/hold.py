"""What the acts on people share: the row held against a second hand, and the rights asked again there."""

from departments.afresh import afresh as afresh
from departments.models import User


class NotPossible(Exception):
    """The act cannot be done as things stand; `reason` is the sentence for the person, in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def held(person: User, *, by: User | None) -> User:
    """The person's row as it is now, locked until the transaction ends; the scope is read anew.

    The row of who acts is locked with it, in the order of their keys, so that two people who act on each
    other wait for one another instead of both at once.
    """
    keys = {person.pk} | ({by.pk} if by else set())
    rows = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    found: User = rows[person.pk]
    return found
