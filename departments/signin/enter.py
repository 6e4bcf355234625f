"""登录: proving the password, proving the code, coming in. Every outcome leaves an entry in the trail."""

from datetime import datetime
from typing import NoReturn

from django.contrib.auth import authenticate, login
from django.db import transaction
from django.http import HttpRequest

from audit.middleware import current_origin
from audit.record import record
from departments.models import SignInFailure, User, UserSession
from departments.signin import lockout, second_factor, sittings
from departments.signin.home import home_of
from departments.signin.lockout import Locked


class Wrong(Exception):
    """The name, the password or the code is not right; which of them is never said."""


def prove_password(request: HttpRequest, *, username: str, password: str, at: datetime) -> User:
    """The person whose name and password these are; raises Wrong or Locked."""
    attempt = _begin(username, at)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        _fail(attempt, username, at, "用户名或密码不正确")
    attempt.delete()
    return user


def prove_code(user: User, *, code: str, at: datetime) -> None:
    """The code of the person's second factor; a wrong one counts like a wrong password."""
    attempt = _begin(user.username, at)
    if not second_factor.check(user=user, code=code, at=at):
        _fail(attempt, user.username, at, "动态口令不正确")
    attempt.delete()


def come_in(request: HttpRequest, user: User, *, at: datetime, with_code: bool) -> UserSession:
    """Sign the person in; what went wrong before counts no more."""
    with transaction.atomic():
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        lockout.forget(user.username)
        sittings.sweep(at=at)
        agent = request.headers.get("User-Agent", "")
        sitting = sittings.begin(request.session, user, agent=agent, at=at, second_factor=with_code)
        record("user.sign_in", actor=user, target=user, jurisdiction_id=home_of(user))
    return sitting


def _begin(username: str, at: datetime) -> SignInFailure:
    address = current_origin.get().address
    try:
        return lockout.begin(username=username, address=address, at=at)
    except Locked:
        _trace("user.sign_in_failed", username, reason="已锁定，未核对密码")
        raise


def _fail(attempt: SignInFailure, username: str, at: datetime, reason: str) -> NoReturn:
    with transaction.atomic():
        _trace("user.sign_in_failed", username, reason=reason)
        until = lockout.locked_until(username=username, address=attempt.address, at=at)
        if until:
            _trace(
                "user.lock",
                username,
                reason=f"输错次数过多，锁定{int(lockout.period().total_seconds() // 60)}分钟",
            )
    if until:
        raise Locked(until)
    raise Wrong


def _trace(act: str, username: str, *, reason: str) -> None:
    """An entry about a typed name, whether or not there is such an account."""
    named = User.objects.filter(username=username).first()
    typed, place = username.strip()[:100], home_of(named) if named else None
    with transaction.atomic():
        record(
            act, actor=typed, target=named, jurisdiction_id=place, after={"username": typed}, reason=reason
        )
