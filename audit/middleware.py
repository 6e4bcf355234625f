"""Where a request comes from, kept for the entries that it leaves."""

import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Origin:
    """The request an act belongs to; both empty for jobs and commands."""

    request_id: str = ""
    address: str | None = None


NOWHERE = Origin()
current_origin: ContextVar[Origin] = ContextVar("current_origin", default=NOWHERE)


def origin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Number each request and remember its address until the response is made."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = current_origin.set(Origin(str(uuid.uuid4()), request.META.get("REMOTE_ADDR") or None))
        try:
            return get_response(request)
        finally:
            current_origin.reset(token)

    return middleware
