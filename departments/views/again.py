"""登录的延续: how long it lasts still, signing in again in place, a form that waited for its writer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from departments.forms import SignInForm
from departments.middleware import person, public, quiet, sitting_of
from departments.models import User
from departments.signin import hold, sittings
from departments.signin.enter import Wrong, come_in, prove_code, prove_password
from departments.signin.lockout import Locked
from departments.signin.second_factor import has_second_factor
from departments.views.signin import locked_words, wrong_words


@public
@quiet
@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Tell who is signed in and how long it lasts; POST is the person's 继续使用."""
    get_token(request)  # the page's script needs the cookie to sign in again
    sitting = sitting_of(request)
    if sitting is None or not isinstance(request.user, User):
        return JsonResponse({"left": 0})
    if request.method == "POST":
        sittings.touch(sitting, at=timezone.now())
    left = sittings.seconds_left(sitting, at=timezone.now())
    return JsonResponse({"left": left, "person": str(request.user.pk)})


@public
@never_cache
@sensitive_post_parameters()
@require_POST
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Sign in from within a page that stays as it is; answers in JSON, the cookies bring session and token."""
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _no("请填写用户名和密码。")
    try:
        user = prove_password(request, **form.cleaned_data, at=timezone.now())
        with_code = has_second_factor(user)
        code = request.POST.get("code", "")[:20]
        if with_code and not code:
            return _no("请输入动态口令。", code_wanted=True)
        if with_code:
            prove_code(user, code=code, at=timezone.now())
    except Wrong:
        return _no("动态口令不正确。" if request.POST.get("code") else wrong_words())
    except Locked as locked:
        return _no(locked_words(locked), status=429)
    come_in(request, user, at=timezone.now(), with_code=with_code)
    get_token(request)
    return JsonResponse({"person": str(user.pk)})


def _no(message: str, *, status: int = 400, **more: Any) -> JsonResponse:
    return JsonResponse({"message": message, **more}, status=status)


@require_http_methods(["GET", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """Show what was sent after the session had ended, to be sent on or thrown away."""
    kept = hold.held_for(request, person(request), at=timezone.now())
    if request.method == "POST":
        hold.drop(request)
        return redirect("reports:workbench")
    if kept is None:
        return redirect("reports:workbench")
    return render(request, "departments/held.html", {"held": kept})
