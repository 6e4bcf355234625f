"""Where a request comes from, kept for the entries that it leaves."""

import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Origin:
    """The request an act belongs to; both empty for jobs and commands."""

    request_id: str = ""
    address: str | None = None


NOWHERE = Origin()
current_origin: ContextVar[Origin] = ContextVar("current_origin", default=NOWHERE)


def caller(meta: Mapping[str, str], proxies: int) -> str | None:
    """The address that a request comes from; None when it is not an address (a local socket).

    Behind `proxies` of our own, each of which appends whom it heard from to X-Forwarded-For, the caller
    stands that many places from the right; what stands further left is the caller's own invention.
    """
    named = meta.get("REMOTE_ADDR", "")
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < proxies <= len(forwarded):
        named = forwarded[-proxies].strip() or named
    try:
        return str(ip_address(named))
    except ValueError:
        return None


def origin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Number each request and remember its address until the response is made."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = current_origin.set(Origin(str(uuid.uuid4()), caller(request.META, settings.PROXY_COUNT)))
        try:
            return get_response(request)
        finally:
            current_origin.reset(token)

    return middleware
