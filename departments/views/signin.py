"""登录、动态口令、退出、修改密码."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from audit.record import record
from departments.forms import CodeForm, PasswordForm, SignInForm
from departments.middleware import person, public, sitting_of
from departments.models import User
from departments.signin import hold, passwords
from departments.signin.enter import Wrong, come_in, prove_code, prove_password
from departments.signin.home import home_of
from departments.signin.lockout import Locked
from departments.signin.second_factor import has_second_factor

HALFWAY = "halfway"  # the session key of somebody whose password was right and whose code is awaited
HALFWAY_LASTS = timedelta(minutes=5)


def wrong_words() -> str:
    """The one sentence for an unknown name, a wrong password and an account that is closed."""
    return f"用户名或密码不正确。连续输错{settings.LOCKOUT_FAILURES}次，锁定{settings.LOCKOUT_MINUTES}分钟。"


def locked_words(locked: Locked) -> str:
    """When to try again; the same whether or not there is such an account."""
    return f"输错次数过多，已锁定。请在{timezone.localtime(locked.until):%H:%M}以后再试，或联系安全管理员。"


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form; on success go where the person wanted to go."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form, status = SignInForm(request.POST or None), 200
    if form.is_bound:
        status = 400
    if form.is_valid():
        try:
            user = prove_password(request, **form.cleaned_data, at=timezone.now())
            return _after_password(request, user)
        except Wrong:
            form.add_error(None, wrong_words())
        except Locked as locked:
            form.add_error(None, locked_words(locked))
            status = 429
    context = {"form": form, "next": _next(request)} | limits()
    return render(request, "departments/signin.html", context, status=status)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of somebody whose password was right a moment ago."""
    user = _halfway(request, timezone.now())
    if user is None:
        return redirect("departments:signin")
    form, status = CodeForm(request.POST or None), 200
    if form.is_valid():
        try:
            prove_code(user, code=form.cleaned_data["code"], at=timezone.now())
            wanted = request.session.pop(HALFWAY)["next"]
            return _arrive(request, user, wanted, with_code=True)
        except Wrong:
            form.add_error("code", "动态口令不正确，或者已经用过。请等下一个口令，或输入一个恢复码。")
            status = 400
        except Locked as locked:
            form.add_error("code", locked_words(locked))
            status = 429
    return render(request, "departments/signin_code.html", {"form": form}, status=status)


def _after_password(request: HttpRequest, user: User) -> HttpResponse:
    if not has_second_factor(user):
        return _arrive(request, user, _next(request), with_code=False)
    request.session[HALFWAY] = {
        "user": user.pk,
        "proof": user.get_session_auth_hash(),
        "at": timezone.now().isoformat(),
        "next": _next(request),
    }
    return redirect("departments:signin_code")


def _halfway(request: HttpRequest, at: datetime) -> User | None:
    kept = request.session.get(HALFWAY)
    since = parse_datetime(kept["at"]) if kept else None
    if not kept or since is None or at - since > HALFWAY_LASTS:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == kept["proof"] else None


def _arrive(request: HttpRequest, user: User, wanted: str, *, with_code: bool) -> HttpResponse:
    come_in(request, user, at=timezone.now(), with_code=with_code)
    held = hold.held_for(request, user, at=timezone.now())
    if held is None and wanted == reverse("departments:held"):
        wanted = ""
    return redirect(wanted or resolve_url(settings.LOGIN_REDIRECT_URL))


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: only ever a page of this installation."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def limits() -> dict[str, int]:
    """The numbers that the sign-in page tells."""
    return {
        "failures": settings.LOCKOUT_FAILURES,
        "minutes": settings.LOCKOUT_MINUTES,
        "idle_minutes": settings.IDLE_MINUTES,
    }


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and forget all that was in it."""
    user, sitting = person(request), sitting_of(request)
    with transaction.atomic():
        record("user.sign_out", actor=user, target=user, jurisdiction_id=home_of(user))
        if sitting:
            sitting.delete()
        logout(request)
    response = redirect(reverse(settings.LOGOUT_REDIRECT_URL))
    response.delete_cookie(hold.COOKIE)
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Let the person choose a new password; other sessions of the account end."""
    user, sitting = person(request), sitting_of(request)
    form = PasswordForm(user, request.POST or None)
    if form.is_valid():
        passwords.change_password(
            user=user, new=form.cleaned_data["new"], at=timezone.now(), keep=sitting.pk if sitting else None
        )
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改。")
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {
        "form": form,
        "expired": passwords.expired(user, at=timezone.now()),
        "password_days": settings.PASSWORD_DAYS,
        "rules": passwords.rules_for(user),
    }
    return render(request, "departments/password.html", context, status=400 if form.is_bound else 200)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere."""
    return render(
        request,
        "403.html",
        {"reason": "页面打开时间过长或登录状态已变化，请返回上一页刷新后重试。"},
        status=403,
    )
