"""What the acts on people share: the row held against a second hand, and the rights asked again there."""

from departments.afresh import afresh as afresh
from departments.models import User


class NotPossible(Exception):
    """The act cannot be done as things stand; `reason` is the sentence for the person, in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def held(person: User) -> User:
    """The person's row as it is now, locked until the transaction ends; the scope is read anew."""
    row: User = User.objects.select_for_update().get(pk=person.pk)
    return row
