"""首次密码: made, shown once, changed at the first sign-in."""

import secrets

from django.db import transaction
from django.utils import timezone

from audit.record import record
from departments.models import User
from departments.people.hold import NotPossible, afresh, held
from departments.permissions import keep_account, require
from departments.signin.passwords import retire

# Read aloud and typed from paper: nothing that looks like something else.
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def first_password() -> str:
    """Three groups of four letters and digits, about 69 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def reset_password(person: User, *, by: User | None) -> str:
    """Give a person a new first password, returned only here; all their sessions end with the old one.

    `by` is None on the command line. Raises Refused, or NotPossible for an account that is out of use.
    """
    with transaction.atomic():
        user = held(person, by=by)
        if by:
            require(keep_account(afresh(by), user))
        if not user.is_active:
            raise NotPossible("账号已停用，请先恢复账号。")
        password = first_password()
        retire(user, at=timezone.now())
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        record("user.reset_password", actor=by, target=user, jurisdiction_id=user.jurisdiction_id)
    return password
