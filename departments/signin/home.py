"""The jurisdiction whose trail a person's signing in belongs to."""

from departments.models import User


def home_of(user: User) -> int | None:
    """Where the account belongs, else the first of its jurisdictions; None for one without any part."""
    return user.jurisdiction_id or min(user.scope.jurisdictions, default=None)
