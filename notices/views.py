"""通知 and 催办."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from departments.middleware import person
from departments.permissions import coordinate, require
from notices.forms import UrgeForm
from notices.models import Notice
from notices.permissions import see_undelivered
from notices.read import read, resend
from notices.urge import Outcome, urge
from tasks.current import ledger_or_404
from timekeeping import clock

A_PAGE = 30
MOST_TROUBLES = 50


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """A person's own notices, unread first; a coordinator also sees what did not arrive."""
    user = person(request)
    own = Notice.objects.visible_to(user)
    troubles = Notice.objects.undelivered_visible_to(user).select_related("recipient")
    voided = Notice.objects.voided_visible_to(user).select_related("recipient")
    context = {
        "voided": voided[:MOST_TROUBLES],
        "void_count": voided.count(),
        "page": Paginator(own.unread_first(), A_PAGE).get_page(request.GET.get("page")),
        "unread": own.unread().count(),
        "troubles": troubles[:MOST_TROUBLES],
        "trouble_count": troubles.count(),
        "coordinates": see_undelivered(user),
    }
    return render(request, "notices/list.html", context)


@require_POST
def read_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Mark a notice as read and go where it leads."""
    user = person(request)
    found = get_object_or_404(Notice.objects.visible_to(user), pk=notice)
    read(found, by=user, at=clock.now())
    return redirect(found.link or "notices:list")


@require_POST
def resend_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Send once more what failed or is doubtful, because a coordinator says so."""
    user = person(request)
    found = get_object_or_404(Notice.objects.undelivered_visible_to(user), pk=notice)
    if resend(found, by=user):
        messages.success(request, f"已重新排入发送：{found.recipient}。")
    else:
        messages.warning(request, "这条通知已由他人重新发送。")
    return redirect("notices:list")


@require_POST
def urge_departments(request: HttpRequest, ledger: int) -> HttpResponse:
    """Urge the departments chosen, and go back to the page with what became of it."""
    user = person(request)
    found = ledger_or_404(request, ledger)
    require(coordinate(user, found.jurisdiction_id))
    form = UrgeForm(found, request.POST)
    if form.is_valid():
        moment = clock.now()
        chosen = form.cleaned_data["department"]
        period = form.cleaned_data["period"]
        _tell(request, urge(period, chosen, text=form.words, by=user, on=moment.date(), at=moment))
    else:
        messages.error(
            request, "没有催办：" + "".join(str(error) for one in form.errors.values() for error in one)
        )
    return redirect(_back(request))


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.urged:
        messages.success(request, f"已催办{'、'.join(one.short_name for one in outcome.urged)}。")
    for department, reason in outcome.refused:
        messages.warning(request, f"未催办{department.short_name}：{reason}")


def _back(request: HttpRequest) -> str:
    """The page that the button was on, only ever one of this installation."""
    origin = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(origin, {request.get_host()}, require_https=request.is_secure())
    return origin if safe else "reports:workbench"
