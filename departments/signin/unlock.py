"""What the security administrator does for people who cannot sign in: unlock, take a lost telephone off."""

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import SecondFactor, User, UserSession
from departments.permissions import require
from departments.signin import lockout
from departments.signin.home import home_of
from departments.signin.permissions import guard_account, guard_sign_in


def unlock_account(*, user: User, by: User | None) -> None:
    """Let an account that is locked try again at once; `by` is None on the command line."""
    with transaction.atomic():
        if by:
            require(guard_account(afresh(by), user))
        lockout.forget(user.username)
        record("user.unlock", actor=by, target=user, jurisdiction_id=home_of(user))


def unlock_address(*, address: str, by: User) -> None:
    """Let everybody behind an address that is locked try again at once."""
    with transaction.atomic():
        require(guard_sign_in(afresh(by)))
        lockout.forget_address(address)
        record(
            "user.unlock_address",
            actor=by,
            target=None,
            jurisdiction_id=home_of(by),
            after={"address": address},
        )


def reset_second_factor(*, user: User, by: User | None, reason: str) -> bool:
    """Take the second factor of somebody who lost the telephone off; the person's sittings end with it."""
    with transaction.atomic():
        if by:
            require(guard_account(afresh(by), user))
        gone, _ = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).delete()
        if gone:
            UserSession.objects.filter(user=user).delete()
            record(
                "user.second_factor_reset",
                actor=by,
                target=user,
                jurisdiction_id=home_of(user),
                reason=reason,
            )
    return bool(gone)
