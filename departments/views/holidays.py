"""节假日: one year at a time; whoever keeps them enters and removes days here."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from departments.holidays.forms import HolidayForm
from departments.holidays.keep import NotPossible, add_holidays, remove_holiday
from departments.holidays.permissions import keep_holidays
from departments.middleware import person
from departments.permissions import require
from timekeeping import clock
from timekeeping.models import Holiday

_WEEK = "一二三四五六日"


@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """List the days of a year; enter more."""
    if request.method != "POST":
        return _page(request, HolidayForm())
    require(keep_holidays(person(request)))
    form = HolidayForm(request.POST)
    if form.is_valid():
        try:
            made = add_holidays(**form.cleaned_data, by=person(request))
        except NotPossible as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, f"已录入{made[0].name}，共{len(made)}天。")
            return _to_year(made[0].day)
    return _page(request, form)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Let a day be a plain day again."""
    require(keep_holidays(person(request)))
    given = request.POST.get("holiday", "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0
    found = get_object_or_404(Holiday, pk=number)
    remove_holiday(found, by=person(request))
    messages.success(request, f"已删除{found.day:%Y-%m-%d}（{found.name}）。")
    return _to_year(found.day)


def _to_year(day: date) -> HttpResponse:
    return redirect(f"{reverse('departments:holidays')}?year={day.year}")


def _page(request: HttpRequest, form: HolidayForm) -> HttpResponse:
    today = clock.today()
    known = set(Holiday.objects.order_by().values_list("day__year", flat=True).distinct())
    years = sorted(known | {today.year, today.year + 1})
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted in {str(one) for one in years} else today.year
    context = {
        "year": year,
        "years": years,
        "rows": [(one, _WEEK[one.day.weekday()]) for one in Holiday.objects.filter(day__year=year)],
        "known": year in known,
        "form": form if keep_holidays(person(request)) else None,
    }
    return render(request, "departments/holidays.html", context, status=400 if form.errors else 200)
