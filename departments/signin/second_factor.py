"""动态口令: a code from the telephone beside the password (RFC 6238, six digits, 30 seconds).

The secret lies encrypted under the installation's key; a recovery code lies as a keyed digest.
"""

import base64
import hashlib
import secrets
from datetime import datetime

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from audit.record import record
from departments.models import Membership, Post, RecoveryCode, SecondFactor, User, UserSession
from departments.signin.home import home_of

ISSUER = "医改任务台账"
STEP = 30  # seconds; the code of the step before and after is taken too, for clocks that differ
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what is misread on paper


def has_second_factor(user: User) -> bool:
    """Whether signing in asks the person for a code."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def second_factor_demanded(user: User) -> bool:
    """Whether the installation demands one of somebody with this person's roles."""
    roles = settings.REQUIRE_TOTP_FOR
    if not roles:
        return False
    posted = Post.objects.filter(user=user, role__in=roles).exists()
    return posted or Membership.objects.filter(user=user, role__in=roles, until__isnull=True).exists()


def propose(user: User) -> str:
    """The secret to be entered into the telephone; the same until it is confirmed."""
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None or not (secret := _opened(factor.secret)):
        secret = pyotp.random_base32()
        SecondFactor.objects.update_or_create(user=user, defaults={"secret": _sealed(secret)})
    return secret


def address_of(user: User, secret: str) -> str:
    """The otpauth address that a telephone reads from the square."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def square_of(address: str) -> str:
    """The address as a QR code: one SVG element without styles or scripts."""
    return segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True)


def turn_on(*, user: User, code: str, at: datetime, keep: int | None) -> list[str]:
    """Confirm with a first code; returns the recovery codes, shown only now. Empty when the code is wrong.

    Other sittings end: they were begun without the second factor.
    """
    with transaction.atomic():
        factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=True).first()
        if factor is None or not _take_step(factor, code, at):
            return []
        SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=at)
        codes = _new_codes(factor)
        UserSession.objects.filter(user=user).exclude(pk=keep or 0).delete()
        UserSession.objects.filter(pk=keep or 0).update(second_factor=True)
        record("user.second_factor_on", actor=user, target=user, jurisdiction_id=home_of(user))
    return codes


def check(*, user: User, code: str, at: datetime) -> bool:
    """Whether a code opens now: one of the telephone, never twice, or a recovery code not used before."""
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        return False
    with transaction.atomic():
        return _take_step(factor, code, at) or _use_recovery_code(factor, code, at)


def renew_codes(*, user: User) -> list[str]:
    """Make new recovery codes; the old ones no longer open."""
    with transaction.atomic():
        factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
        if factor is None:
            return []
        codes = _new_codes(factor)
        record("user.recovery_codes", actor=user, target=user, jurisdiction_id=home_of(user))
    return codes


def turn_off(*, user: User) -> bool:
    """The person gives the second factor up; False when there was none."""
    with transaction.atomic():
        gone, _ = SecondFactor.objects.filter(user=user).delete()
        if gone:
            record("user.second_factor_off", actor=user, target=user, jurisdiction_id=home_of(user))
    return bool(gone)


def codes_left(user: User) -> int:
    """How many recovery codes still open."""
    return RecoveryCode.objects.filter(factor__user=user, used_at__isnull=True).count()


def _take_step(factor: SecondFactor, code: str, at: datetime) -> bool:
    """Find the step of a code and take it, so that nobody takes it or an earlier one again."""
    secret, digits = _opened(factor.secret), "".join(code.split())
    if not secret or len(digits) != 6:
        return False
    now = int(at.timestamp()) // STEP
    made = pyotp.TOTP(secret)
    for step in (now - 1, now, now + 1):
        if secrets.compare_digest(made.generate_otp(step).encode(), digits.encode()):
            free = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
            return free.update(last_step=step) == 1
    return False


def _use_recovery_code(factor: SecondFactor, code: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(factor=factor, digest=_digest(code), used_at__isnull=True)
    if unused.update(used_at=at) != 1:
        return False
    user = factor.user
    left = {"left": codes_left(user)}
    record("user.recovery_code_used", actor=user, target=user, jurisdiction_id=home_of(user), after=left)
    return True


def _new_codes(factor: SecondFactor) -> list[str]:
    RecoveryCode.objects.filter(factor=factor).delete()
    codes = ["-".join(_word() for _ in range(3)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=_digest(code)) for code in codes)
    return codes


def _word() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(4))


def _digest(code: str) -> str:
    """Codes are long and random, so a keyed digest is enough and a slow hash is not needed."""
    bare = "".join(sign for sign in code.lower() if sign.isalnum())
    return salted_hmac("departments.recovery_code", bare, algorithm="sha256").hexdigest()


def _lock() -> Fernet:
    key = hashlib.sha256(b"departments.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _sealed(secret: str) -> str:
    return _lock().encrypt(secret.encode()).decode()


def _opened(sealed: str) -> str:
    """The secret; empty when the installation's key was changed since, so that no code is right."""
    try:
        return _lock().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""
