"""A form that was sent after its session had ended: its fields wait for the same person to sign in again.

Whose they are is told by a signed cookie that names who was signed in last in this browser; somebody else who
signs in there finds nothing. Files are not kept. What is kept lies in the session of the sign-in page, for an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from departments.models import User
from departments.written import written

COOKIE = "reformtracker_person"
KEY = "held"
KEPT = timedelta(hours=1)
LIMIT = 200_000  # characters; far more than the longest report
OMITTED = ("csrfmiddlewaretoken", "page_person")


@dataclass(frozen=True)
class Held:
    """What was sent: to where, the fields in their order, whether files came with it that are gone."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person wrote, without marks and numbers of the form."""
        return written(self.fields)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser say later who was signed in."""
    signed = _signer().sign(str(user.pk))
    if request.COOKIES.get(COOKIE) != signed:
        response.set_cookie(
            COOKIE, signed, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )


def keep(request: HttpRequest, *, at: datetime) -> bool:
    """Keep the fields of a form that found its session over; False when it is not known whose they are."""
    owner = _last_person(request)
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in OMITTED
    ]
    if not owner or not fields or sum(len(name) + len(value) for name, value in fields) > LIMIT:
        return False
    request.session[KEY] = {
        "owner": owner,
        "at": at.isoformat(),
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
    }
    return True


def held_for(request: HttpRequest, user: User, *, at: datetime) -> Held | None:
    """What waits for this person; what belongs to somebody else, or is old, is thrown away."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    since = parse_datetime(kept["at"])
    if kept["owner"] != str(user.pk) or since is None or at - since > KEPT:
        drop(request)
        return None
    fields = [(name, value) for name, value in kept["fields"]]
    return Held(kept["path"], fields, kept["had_files"])


def drop(request: HttpRequest) -> None:
    """Throw away what was kept."""
    request.session.pop(KEY, None)


def _last_person(request: HttpRequest) -> str:
    try:
        return _signer().unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return ""


def _signer() -> Signer:
    return Signer(salt="departments.signin.hold")
