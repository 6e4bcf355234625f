"""登录、退出、修改密码."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from audit.record import record
from departments.forms import PasswordForm, SignInForm
from departments.middleware import person, public
from departments.models import User

WRONG = "用户名或密码不正确。连续输错5次，账号锁定15分钟。"


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form; on success go where the person wanted to go."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            return _let_in(request, user)
        form.add_error(None, WRONG)
    status = 400 if form.is_bound else 200
    return render(request, "departments/signin.html", {"form": form, "next": _next(request)}, status=status)


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    with transaction.atomic():
        login(request, user)
        record("user.sign_in", actor=user, target=user, jurisdiction_id=None)
    return redirect(_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: only ever a page of this installation."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and forget all that was in it."""
    with transaction.atomic():
        user = person(request)
        record("user.sign_out", actor=user, target=user, jurisdiction_id=None)
        logout(request)
    return redirect(reverse(settings.LOGOUT_REDIRECT_URL))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Let the person choose a new password; other sessions of the account end."""
    form = PasswordForm(person(request), request.POST or None)
    if form.is_valid():
        user = form.save()
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改。")
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "departments/password.html", {"form": form}, status=400 if form.is_bound else 200)


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer a locked account without saying whether the account exists."""
    form = SignInForm(request.POST or None)
    form.is_valid()
    form.add_error(None, "输错次数过多，账号已锁定15分钟。请稍后再试，或联系系统管理员。")
    return render(request, "departments/signin.html", {"form": form, "next": _next(request)}, status=429)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere."""
    return render(
        request,
        "403.html",
        {"reason": "页面打开时间过长或登录状态已变化，请返回上一页刷新后重试。"},
        status=403,
    )
