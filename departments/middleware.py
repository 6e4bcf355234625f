"""Every page needs a signed-in person, except the few that are marked public."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import sync_only_middleware

from departments.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Mark a view that may be opened without signing in."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark on the function, read below
    return view


def person(request: HttpRequest) -> User:
    """The signed-in person of a page that is not public."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@sync_only_middleware
class signed_in:  # noqa: N801  # named like the middleware functions beside it in the settings
    """Send strangers to the sign-in page, and people with a first password to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and keep personal pages out of every cache."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the view run, or send the person where they have to go first."""
        if getattr(view, "is_public", False):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        page = request.resolver_match.view_name if request.resolver_match else ""
        if person(request).must_change_password and page not in _BEFORE_CHANGE:
            return redirect("departments:password")
        return None


_BEFORE_CHANGE = {"departments:password", "departments:signout"}
