"""登录管控: what the security administrator sees and does about locked accounts and lost telephones."""

from django.conf import settings
from django.contrib import messages
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from departments.forms import ResetForm
from departments.middleware import person
from departments.models import SecondFactor, User
from departments.permissions import require
from departments.signin import lockout, unlock
from departments.signin.permissions import guard_sign_in


@require_safe
def guard(request: HttpRequest) -> HttpResponse:
    """List the locked accounts of the person's places, locked addresses, and who uses a second factor."""
    user = person(request)
    require(guard_sign_in(user))
    return _page(request, user, ResetForm())


def _page(request: HttpRequest, user: User, form: ResetForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    ends, seen = lockout.locked_names(now), User.objects.visible_to(user)
    # Typed names without an account here are not shown: a password typed in the wrong place may be among them.
    named = seen.annotate(counted=Lower("username")).filter(counted__in=ends)
    locked = [(one, ends[lockout.lock_name(one.username)]) for one in named]
    addresses = lockout.locked_addresses(now)
    factors = SecondFactor.objects.filter(user__in=seen, confirmed_at__isnull=False).select_related("user")
    context = {
        "locked": locked,
        "addresses": addresses,
        "locked_count": len(locked) + len(addresses),
        "factors": factors.order_by("user__username"),
        "form": form,
        "policy": policy(),
    }
    return render(request, "departments/guard.html", context, status=status)


def policy() -> list[tuple[str, str]]:
    """The rules of signing in that this installation runs under, in words."""
    days = f"{settings.PASSWORD_DAYS}天" if settings.PASSWORD_DAYS else "不限"
    failures = f"同一账号{settings.LOCKOUT_FAILURES}次、同一地址{settings.LOCKOUT_ADDRESS_FAILURES}次"
    return [
        ("锁定", f"{failures}输错，锁定{settings.LOCKOUT_MINUTES}分钟"),
        ("密码长度", f"至少{settings.PASSWORD_LENGTH}位，有岗位的至少{settings.PASSWORD_LENGTH_OFFICE}位"),
        ("密码有效期", days),
        ("不得重复", f"最近{settings.PASSWORD_HISTORY}次用过的密码"),
        ("无操作退出", f"{settings.IDLE_MINUTES}分钟"),
    ]


@require_POST
def unlock_one(request: HttpRequest) -> HttpResponse:
    """Unlock an account or an address before its time."""
    user = person(request)
    require(guard_sign_in(user))
    if address := request.POST.get("address"):
        unlock.unlock_address(address=address[:45], by=user)
        messages.success(request, f"来源地址{address[:45]}已解除锁定。")
        return redirect("departments:guard")
    found = _named(request, user)
    unlock.unlock_account(user=found, by=user)
    messages.success(request, f"{found.full_name}的账号已解除锁定。")
    return redirect("departments:guard")


@require_POST
def reset(request: HttpRequest) -> HttpResponse:
    """Take the second factor of somebody who lost the telephone off."""
    user = person(request)
    require(guard_sign_in(user))
    found, form = _named(request, user), ResetForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有重置。请写明理由，例如更换手机。")
        return _page(request, user, form, status=400)
    if unlock.reset_second_factor(user=found, by=user, reason=form.cleaned_data["reason"]):
        messages.success(request, f"{found.full_name}的动态口令已重置，下次登录只需密码。")
    return redirect("departments:guard")


def _named(request: HttpRequest, user: User) -> User:
    wanted = request.POST.get("user", "")
    found: User = get_object_or_404(User.objects.visible_to(user), pk=_number(wanted))
    return found


def _number(text: str) -> int:
    """A number that a row may have; 0, which none has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
