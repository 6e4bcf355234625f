"""重新打开: the page on which a coordinator opens a closed task again."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from departments.middleware import person
from departments.permissions import require
from tasks.models import Task
from tasks.permissions import reopen as may_reopen
from tasks.reopen import CannotReopen, reopen_task
from timekeeping import clock


class ReopenForm(forms.Form):
    """Why a closed task counts again."""

    reason = forms.CharField(
        label="重新打开的理由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。"},
    )


@require_http_methods(["GET", "POST"])
def reopen_page(request: HttpRequest, task: int) -> HttpResponse:
    """Take the reason, and open the task again."""
    user = person(request)
    found = get_object_or_404(Task.objects.visible_to(user).select_related("ledger"), pk=task)
    require(may_reopen(user, found))
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        try:
            reopen_task(found, reason=form.cleaned_data["reason"], by=user, on=clock.today())
        except CannotReopen as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已重新打开：{found}。")
            return redirect("reports:task", found.pk)
    context = {"task": found, "form": form}
    return render(request, "tasks/reopen.html", context, status=400 if form.is_bound else 200)
