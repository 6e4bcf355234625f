"""Password rules beyond Django's own."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from departments.models import User
from departments.signin.passwords import length_for, used_before

CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
WORDS = Path(__file__).with_name("common_passwords.txt")


class Length:
    """So many characters; more for people who hold a post (office, leaders, administrators)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when it is too short."""
        if len(password) < (wanted := length_for(user)):
            raise ValidationError(f"密码至少{wanted}位，现在是{len(password)}位。", code="password_too_short")

    def get_help_text(self) -> str:
        """Say the rule."""
        return (
            f"密码至少{settings.PASSWORD_LENGTH}位，医改办和管理员至少{settings.PASSWORD_LENGTH_OFFICE}位。"
        )


class Classes:
    """Three of the four: small letters, capital letters, digits, signs."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when it is made of fewer."""
        if sum(bool(re.search(one, password)) for one in CLASSES) < 3:
            raise ValidationError(self.get_help_text(), code="password_too_simple")

    def get_help_text(self) -> str:
        """Say the rule."""
        return "密码须包含大写字母、小写字母、数字、符号中的三种。"


class CommonHere:
    """Not one of those that are chosen first in Chinese offices."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a listed one, however its letters are written or its signs put."""
        if _bare(password) in _common():
            raise ValidationError("这个密码太常见，容易被猜到，请换一个。", code="password_too_common")

    def get_help_text(self) -> str:
        """Say the rule."""
        return "密码不能是常见的密码。"


class NotUsedBefore:
    """Not the present one and none of the last ones."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password the person had before."""
        if user is not None and user.pk is not None and used_before(user, password):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"新密码不能与现密码相同，也不能是最近{settings.PASSWORD_HISTORY}次用过的。"


def _bare(password: str) -> str:
    """Letters and digits as they are meant: P@ssw0rd! and Passw0rd are the same to a guesser."""
    return re.sub(r"[^a-z0-9]", "", password.lower().replace("@", "a").replace("$", "s").replace("0", "o"))


@cache
def _common() -> frozenset[str]:
    lines = (line.strip() for line in WORDS.read_text(encoding="utf-8").splitlines())
    listed = {line for line in lines if line and not line.startswith("#")}
    return frozenset(form for line in listed for form in (_bare(line), _bare(line.replace("@", ""))))
