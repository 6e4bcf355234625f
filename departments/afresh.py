"""Who acts, as the database has them at this moment: every act that changes something asks inside its transaction.

A form may lie open for hours. What its person was allowed when it was opened, and even when it was sent,
decides nothing: the rights that count are those that stand when the change is made.
"""

from departments.models import User
from departments.permissions import Refused

CLOSED = "您的账号已停用，没有办理。"


def afresh(by: User) -> User:
    """The person with the rights of now, held until the transaction ends.

    Whoever ends a post or a part takes hold of the same row: it ends either before the act, which is then
    refused, or after it. SQLite holds the whole database instead.
    """
    fresh: User = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not fresh.is_active:
        raise Refused(CLOSED)
    return fresh
