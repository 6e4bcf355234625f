"""Every page needs a signed-in person, except the few that are marked public."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import sync_only_middleware

from departments.models import User, UserSession
from departments.permissions import Refused
from departments.signin import hold, sittings
from departments.signin.passwords import expired
from departments.signin.second_factor import second_factor_demanded

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Mark a view that may be opened without signing in."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark on the function, read below
    return view


def quiet(view: View) -> View:
    """Mark a view that the page asks by itself: asking it is no act of the person."""
    view.is_quiet = True  # type: ignore[attr-defined]  # a mark on the function, read below
    return view


def person(request: HttpRequest) -> User:
    """The signed-in person of a page that is not public."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def sitting_of(request: HttpRequest) -> UserSession | None:
    """Where the person of this request is signed in."""
    found = getattr(request, "sitting", None)
    return found if isinstance(found, UserSession) else None


@sync_only_middleware
class signed_in:  # noqa: N801  # named like the middleware functions beside it in the settings
    """Send strangers to the sign-in page, and people with a first password to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and keep personal pages out of every cache."""
        if isinstance(request.user, User):
            sitting = sittings.current(request.session, request.user, at=timezone.now())
            request.sitting = sitting  # type: ignore[attr-defined]  # read by sitting_of
            if sitting is None:
                logout(request)
        response = self.get_response(request)
        if isinstance(request.user, User):
            add_never_cache_headers(response)
            hold.remember(request, response, request.user)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the view run, or send the person where they have to go first."""
        if isinstance(request.user, User):
            _same_person(request, request.user)
            _note_act(request, view)
        if getattr(view, "is_public", False):
            return None
        if not isinstance(request.user, User):
            return _stranger(request)
        page = request.resolver_match.view_name if request.resolver_match else ""
        wanted = _first(request, request.user)
        return redirect(wanted) if wanted and page not in _BEFORE.get(wanted, set()) else None


def _same_person(request: HttpRequest, user: User) -> None:
    """Refuse what a page sends that was opened by somebody else in this browser: the text is not this person's."""
    told = request.headers.get("X-Person") or (
        request.POST.get("page_person") if request.method == "POST" else ""
    )
    if told and told != str(user.pk):
        raise Refused("这一页是另一账号登录时打开的，没有办理。请打开新的页面再办理。")


def _note_act(request: HttpRequest, view: Callable[..., Any]) -> None:
    sitting = sitting_of(request)
    if sitting and not getattr(view, "is_quiet", False) and "X-Background" not in request.headers:
        sittings.touch(sitting, at=timezone.now())


def _stranger(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; a script is told 401 and asks in place, a form's fields wait for their writer."""
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        return HttpResponse(status=401)
    page = request.resolver_match.view_name if request.resolver_match else ""
    if request.method == "POST" and page not in _NEVER_HELD and hold.keep(request, at=timezone.now()):
        return redirect_to_login(reverse("departments:held"))
    return redirect_to_login(request.get_full_path() if request.method != "POST" else "/")


def _first(request: HttpRequest, user: User) -> str:
    """The page that has to be done with before any other; empty when nothing is in the way."""
    if user.must_change_password or expired(user, at=timezone.now()):
        return "departments:password"
    sitting = sitting_of(request)
    if sitting and not sitting.second_factor and second_factor_demanded(user):
        return "departments:second_factor"
    return ""


_OWN = {"departments:password", "departments:signout", "departments:session"}
_BEFORE = {
    "departments:password": _OWN,
    "departments:second_factor": _OWN | {"departments:second_factor"},
}
# Forms with a secret in them, and those that mean nothing later.
_NEVER_HELD = _OWN | {"departments:second_factor", "departments:second_factor_change"}
