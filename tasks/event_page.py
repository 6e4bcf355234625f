"""填写起算日期: the page of one task, and of the others that count from the same event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from departments.face_forms import DayField, WholeNumberField
from departments.middleware import person
from departments.permissions import require
from tasks.date_event import CannotDate, date_event
from tasks.models import Task
from tasks.permissions import date_event as may_date
from timekeeping import clock


class EventForm(forms.Form):
    """The event, its day, and how long after it the tasks are due."""

    event = forms.CharField(label="起算事件", max_length=200)
    count = WholeNumberField(label="起算后", min_value=1, max_value=999)
    unit = forms.ChoiceField(label="单位", choices=Task.OffsetUnit.choices)
    event_on = DayField(label="起算日期", required=False, help_text="不填则清除已算出的完成时限。")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, task: Task) -> None:
        count, unit = task.offset_count, task.offset_unit or Task.OffsetUnit.MONTH
        initial = {
            "event": task.event,
            "count": count,
            "unit": unit,
            "event_on": task.event_on,
            "seen": _stand(task),
        }
        super().__init__(data, initial=initial)
        self.task, self.others = task, list(_same_event(task))
        if self.others:
            self.fields["others"] = forms.MultipleChoiceField(
                label="同时填写同一事件的任务",
                required=False,
                choices=[(one.pk, f"{one.ref} {one.title}") for one in self.others],
                initial=[one.pk for one in self.others],
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_seen(self) -> None:
        """The page must show the deadline as it stands."""
        if self.cleaned_data["seen"] != _stand(self.task):
            raise forms.ValidationError("任务的时限刚刚被别人修改，请重新打开后再填写。")

    def tasks(self) -> list[Task]:
        """The task and those ticked, after `is_valid`."""
        ticked = self.cleaned_data.get("others", [])
        return [self.task, *(one for one in self.others if str(one.pk) in ticked)]


@require_http_methods(["GET", "POST"])
def event_page(request: HttpRequest, task: int) -> HttpResponse:
    """Take the day of the event, and count the deadlines from it."""
    user = person(request)
    found = get_object_or_404(Task.objects.visible_to(user).select_related("ledger"), pk=task)
    require(may_date(user, found))
    form = EventForm(request.POST or None, task=found)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("event", "count", "unit", "event_on")}
        try:
            date_event(form.tasks(), **given, by=user, on=clock.today())
        except CannotDate as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"已更新{len(form.tasks())}项任务的完成时限。")
            return redirect("reports:task", found.pk)
    context = {"task": found, "form": form}
    return render(request, "tasks/event.html", context, status=400 if form.is_bound else 200)


def _stand(task: Task) -> str:
    return f"{task.event_on or '-'}/{task.due_on or '-'}"


def _same_event(task: Task) -> list[Task]:
    """The open tasks of the ledger that count the same time from the same event."""
    if not task.event:
        return []
    same = Task.objects.open().filter(ledger=task.ledger_id, due_kind=Task.DueKind.RELATIVE, event=task.event)
    return list(same.filter(offset_count=task.offset_count, offset_unit=task.offset_unit).exclude(pk=task.pk))
