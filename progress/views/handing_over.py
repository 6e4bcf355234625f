"""移交: a page of `progress`, since what is open are its reports and the tasks below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from departments.bodies.changing import NotPossible
from departments.bodies.views.lists import kept_body
from departments.face_forms import PlainSelect
from departments.middleware import person
from departments.models import Department
from progress.hand_over import Choices, OpenWork, hand_over, heirs, open_work
from progress.hand_over_matters import key_of, task_of, word_of
from timekeeping import clock


class HandOverForm(forms.Form):
    """由谁承接: one choice for each thing that is open."""

    def __init__(
        self, work: OpenWork, following: list[Department], first: Department | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.following = {str(one.pk): one for one in following}
        chosen = str(first.pk) if first and str(first.pk) in self.following else ""
        choices = [("", "暂不移交"), *((key, one.short_name) for key, one in self.following.items())]
        self.matters = {key_of(one): one for one in work.matters}
        kinds = (("part", work.parts), ("report", work.reports), ("person", work.people))
        named = {f"{kind}-{row.pk}": str(row) for kind, rows in kinds for row in rows}
        named |= {key: f"{word_of(one)}{task_of(one)}" for key, one in self.matters.items()}
        for name, words in named.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{words}由谁承接",
                choices=choices,
                required=False,
                initial=chosen,
                widget=PlainSelect,
            )

    def choices(self) -> Choices:
        """What was chosen, after `is_valid`."""
        given = {key: self.cleaned_data[key] for key in self.matters if self.cleaned_data[key]}
        matters = {key: self.following[value] for key, value in given.items()}
        return Choices(self._of("part"), self._of("report"), self._of("person"), matters)

    def rows(self, kind: str, rows: Iterable[Model]) -> list[tuple[Model, forms.BoundField]]:
        """What is open, each with its field."""
        return [(row, self[f"{kind}-{row.pk}"]) for row in rows]

    def matter_rows(self) -> list[tuple[str, str, forms.BoundField]]:
        """What waits beside the reports: what it is, its task, its field."""
        return [(word_of(one), task_of(one), self[key]) for key, one in self.matters.items()]

    def _of(self, kind: str) -> dict[int, Department]:
        named = {name: value for name, value in self.cleaned_data.items() if name.startswith(f"{kind}-")}
        return {int(name.partition("-")[2]): self.following[value] for name, value in named.items() if value}


@require_http_methods(["GET", "POST"])
def hand_over_page(request: HttpRequest, department: int) -> HttpResponse:
    """Show what a department left open; let others go on with it."""
    user, on = person(request), clock.today()
    found = kept_body(user, department)
    work, following = open_work(found, by=user, on=on), heirs(found)
    only = following[0] if len(following) == 1 else None
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(work, following, found.successor or only, data)
    if form.is_valid():
        try:
            count = hand_over(found, form.choices(), by=user, at=clock.now())
        except NotPossible as problem:
            form.add_error(None, problem.reason)
        else:
            messages.success(request, f"已移交{count}项。")
            return redirect("progress:hand_over", found.pk)
    context = {
        "department": found,
        "ended": not found.active(on),
        "form": form,
        "work": work,
        "parts": form.rows("part", work.parts),
        "reports": form.rows("report", work.reports),
        "matters": form.matter_rows(),
        "people": form.rows("person", work.people),
    }
    return render(request, "progress/hand_over.html", context, status=400 if form.is_bound else 200)
