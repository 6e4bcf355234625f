"""离任交接: a page of `progress`, since what is open are its reports; the act is the room of people's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from departments.middleware import person
from departments.models import User
from departments.people.appoint import candidates
from departments.people.hold import NotPossible
from departments.people.leave import leave
from departments.people.shown import person_or_404
from departments.permissions import keep_account, require, settle_parts
from progress.leaving import OpenPart, open_work
from timekeeping import clock


class LeaveForm(forms.Form):
    """接任的人: one choice for each part that is left."""

    def __init__(self, work: list[OpenPart], by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in work:
            if one.part.deputy_for_id is None:
                self.fields[f"part-{one.part.pk}"] = forms.ModelChoiceField(
                    candidates(one.part, by=by),
                    label=f"{one.part.department.short_name}{one.part.get_role_display()}由谁接任",
                    required=False,
                    empty_label="暂不安排",
                )

    @property
    def successors(self) -> dict[int, User]:
        """After `is_valid`: who takes which part over."""
        return {int(name[5:]): chosen for name, chosen in self.cleaned_data.items() if chosen}


@require_http_methods(["GET", "POST"])
def leave_page(request: HttpRequest, person: int) -> HttpResponse:
    """Show what is open of a person; end the account and hand over."""
    found, user, on = person_or_404(request, person), _user(request), clock.today()
    require(keep_account(user, found))
    work = open_work(found, reader=user, on=on)
    form = LeaveForm(work, user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            leave(found, successors=form.successors, by=user, on=on)
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"{found.full_name}的账号已停用，任职和岗位已结束。")
            return redirect("departments:person", found.pk)
    rows = [(one, _field(form, one)) for one in work]
    context = {"person": found, "rows": rows, "form": form, "settles": settle_parts(user)}
    return render(request, "progress/leave.html", context, status=400 if form.is_bound else 200)


def _user(request: HttpRequest) -> User:
    return person(request)


def _field(form: LeaveForm, one: OpenPart) -> Any:
    name = f"part-{one.part.pk}"
    return form[name] if name in form.fields else None
