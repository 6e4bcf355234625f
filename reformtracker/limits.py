"""How much may be sent and how often, judged before anything is read.

A page that takes files, or gives one, has a row here; a test walks over all pages and finds the ones without.
"""

from collections.abc import Callable
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.decorators import sync_only_middleware

from audit.middleware import current_origin
from departments.models import User
from departments.rates import count_call
from timekeeping import clock

Kind = Literal["signin", "upload", "export", "api"]
MB = 1024 * 1024
STRANGER_BYTES = 512 * 1024  # a name, a password, and at most a text typed before the session ended

UPLOADS = {
    "bodies:import",
    "departments:import_people",
    "documents:import_sheet",
    "documents:upload",
    "progress:import_period",
    "progress:add_evidence",
    "progress:close",
}
EXPORTS = {
    "bodies:bodies_xlsx",
    "bodies:template",
    "departments:people_xlsx",
    "documents:draft_json",
    "documents:draft_sheet",
    "documents:original",
    "progress:period_xlsx",
    "progress:evidence",
    "progress:findings_xlsx",
    "reports:bulletin_docx",
    "reports:ledger_xlsx",
    "reports:trail_xlsx",
}
# These ask for a password or a code, which could be guessed here as well as at the sign-in.
SECRETS = {"departments:password", "departments:second_factor", "departments:second_factor_change"}


@sync_only_middleware
class limits:  # noqa: N801  # named like the middleware functions beside it in the settings
    """Refuse what is too large (413) or too frequent (429), in words and unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the judging is done once the address is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Stand before the check of the token, which is the first to read a form."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if sent(request) > accepted(request, name):
            stranger = not request.user.is_authenticated
            limit = settings.UPLOAD_LIMIT_MB if name in UPLOADS else 0
            return refusal(413, limit=limit, stranger=stranger)
        kind = kind_of(request, name, public=getattr(view, "is_public", False))
        return too_often(request, kind) if kind else None


def sent(request: HttpRequest) -> int:
    """How many bytes the caller says will come; without a length Django reads none."""
    try:
        return max(0, int(request.META.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def accepted(request: HttpRequest, name: str) -> int:
    """How many bytes this address takes from this caller."""
    if not request.user.is_authenticated:
        return STRANGER_BYTES
    # A little above the limit, so that the form itself can refuse a file that is slightly too large.
    return (settings.UPLOAD_LIMIT_MB + 1) * MB if name in UPLOADS else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def kind_of(request: HttpRequest, name: str, *, public: bool) -> Kind | None:
    """Which limit the request counts against, if any."""
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    if changes and (public or name in SECRETS):
        return "signin"
    if changes and name in UPLOADS:
        return "upload"
    if name in EXPORTS:
        return "export"
    return "api" if name.startswith("api:") else None


def too_often(request: HttpRequest, kind: Kind) -> HttpResponse | None:
    """Count the request against its limit; the refusal, when that is used up."""
    at = clock.now()
    again = count_call(f"{kind} {caller(request)}", limit=settings.RATES[kind], at=at)
    if again is None:
        return None
    seconds = max(1, int((again - at).total_seconds()) + 1)
    refused = refusal(429, seconds=seconds)
    refused["Retry-After"] = str(seconds)
    return refused


def refusal(status: int, **context: object) -> HttpResponse:
    """The page of a refusal, made without the person's menu and its queries."""
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def caller(request: HttpRequest) -> str:
    """Whom a request is counted to: the person, else the address; an office shares one address."""
    if isinstance(request.user, User):
        return f"person {request.user.pk}"
    return f"address {current_origin.get().address}"
