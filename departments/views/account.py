"""登录安全: the person's own password, sittings and second factor."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.forms import CodeForm, OwnPasswordForm
from departments.middleware import person, sitting_of
from departments.models import SecondFactor, User, UserSession
from departments.signin import second_factor, sittings
from departments.signin.enter import Wrong, prove_password
from departments.signin.lockout import Locked
from departments.views.signin import locked_words


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show how the account is protected and where it is signed in."""
    return _page(request, OwnPasswordForm())


def _page(request: HttpRequest, form: OwnPasswordForm, status: int = 200) -> HttpResponse:
    user = person(request)
    context = {
        "sittings": UserSession.objects.filter(user=user),
        "here": sitting_of(request),
        "factor": SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first(),
        "codes_left": second_factor.codes_left(user),
        "demanded": second_factor.second_factor_demanded(user),
        "idle_minutes": settings.IDLE_MINUTES,
        "form": form,
    }
    return render(request, "departments/account.html", context, status=status)


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of the person's sittings, or all but this one."""
    user, here = person(request), sitting_of(request)
    wanted = request.POST.get("sitting", "")
    if wanted == "others":
        ended = sittings.end_others(user=user, but=here.pk if here else None)
        messages.success(request, f"已退出其他{ended}处登录。" if ended else "没有其他登录。")
    elif wanted.isascii() and wanted.isdecimal() and sittings.end_one(user=user, sitting_id=int(wanted[:18])):
        messages.success(request, "这一处登录已退出。")
    else:
        messages.warning(request, "这一处登录已经结束。")
    return redirect("departments:account")


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the secret to be read into the telephone, and take the first code that proves it was."""
    user, here = person(request), sitting_of(request)
    if second_factor.has_second_factor(user):
        return redirect("departments:account")
    form, status = CodeForm(request.POST or None), 200
    if form.is_valid():
        codes = second_factor.turn_on(
            user=user, code=form.cleaned_data["code"], at=timezone.now(), keep=here.pk if here else None
        )
        if codes:
            return render(request, "departments/recovery_codes.html", {"codes": codes})
        form.add_error("code", "动态口令不正确。请核对手机时间，等下一个口令再输入。")
        status = 400
    secret = second_factor.propose(user)
    address = second_factor.address_of(user, secret)
    context = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": address,
        "square": second_factor.square_of(address),
        "demanded": second_factor.second_factor_demanded(user),
    }
    return render(request, "departments/second_factor.html", context, status=status)


@sensitive_post_parameters()
@require_POST
def change_second_factor(request: HttpRequest) -> HttpResponse:
    """With the password once more: give the second factor up, or make new recovery codes."""
    user, form = person(request), OwnPasswordForm(request.POST)
    if not (form.is_valid() and _own_password(request, user, form)):
        return _page(request, form, status=400)
    if request.POST.get("act") == "codes":
        codes = second_factor.renew_codes(user=user)
        return render(request, "departments/recovery_codes.html", {"codes": codes})
    if second_factor.second_factor_demanded(user):
        form.add_error("password", "您的岗位必须使用动态口令，不能停用。换手机请联系安全管理员重置。")
        return _page(request, form, status=400)
    second_factor.turn_off(user=user)
    messages.success(request, "动态口令已停用。")
    return redirect("departments:account")


def _own_password(request: HttpRequest, user: User, form: OwnPasswordForm) -> bool:
    """Guessing here counts like guessing at the door."""
    try:
        prove_password(
            request, username=user.username, password=form.cleaned_data["password"], at=timezone.now()
        )
    except Wrong:
        form.add_error("password", "密码不正确。")
        return False
    except Locked as locked:
        form.add_error("password", locked_words(locked))
        return False
    return True
