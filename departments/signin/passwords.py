"""密码: how long one lasts, which were used before, and the change itself."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction

from audit.record import record
from departments.models import PasswordHistory, User, UserSession
from departments.signin.home import home_of


def expired(user: User, *, at: datetime) -> bool:
    """Whether the password is older than the installation allows (0 days: it never is)."""
    since = user.password_changed_at or user.date_joined
    return settings.PASSWORD_DAYS > 0 and at - since > timedelta(days=settings.PASSWORD_DAYS)


def used_before(user: User, password: str) -> bool:
    """Whether it is the present password or one of the last ones."""
    last = PasswordHistory.objects.filter(user=user)[: settings.PASSWORD_HISTORY]
    return any(check_password(password, old) for old in [user.password, *(one.password for one in last)])


def retire(user: User, *, at: datetime, keep: int | None = None) -> None:
    """Put the present password away, so that it does not come back; every sitting but `keep` ends with it."""
    PasswordHistory.objects.create(user=user, password=user.password, until=at)
    kept = PasswordHistory.objects.filter(user=user).values("pk")[: settings.PASSWORD_HISTORY]
    PasswordHistory.objects.filter(user=user).exclude(pk__in=[row["pk"] for row in kept]).delete()
    UserSession.objects.filter(user=user).exclude(pk=keep or 0).delete()


def change_password(*, user: User, new: str, at: datetime, keep: int | None) -> User:
    """Store the person's own new password; every sitting but `keep` ends. The trail never holds a password."""
    with transaction.atomic():
        retire(user, at=at, keep=keep)
        user.set_password(new)
        user.must_change_password = False
        user.password_changed_at = at
        user.save(update_fields=["password", "must_change_password", "password_changed_at"])
        record("user.change_password", actor=user, target=user, jurisdiction_id=home_of(user))
    return user


def length_for(user: User | None) -> int:
    """How long a password has to be: longer for people who hold a post."""
    posted = user is not None and user.pk is not None and user.posts.exists()
    wanted: int = max(settings.PASSWORD_LENGTH, settings.PASSWORD_LENGTH_OFFICE if posted else 0)
    return wanted


def rules_for(user: User) -> list[str]:
    """The password rules as a person reads them before choosing."""
    rules = [
        f"至少{length_for(user)}位",
        "大写字母、小写字母、数字、符号中有三种",
        "不是常见的密码，不与用户名、姓名相近",
        f"与最近{settings.PASSWORD_HISTORY}次用过的不同",
    ]
    return [*rules, f"{settings.PASSWORD_DAYS}天更换一次"] if settings.PASSWORD_DAYS else rules
