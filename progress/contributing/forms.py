"""One form per act on a contribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from departments.face_forms import DayField, offer
from departments.listed import ListedDepartment
from progress.contributing.give import why_not_text
from progress.contributing.locks import LIMIT, why_not_by
from progress.forms import VersionForm
from progress.models import Contribution, ProgressReport


class AskForm(forms.Form):
    """请参与单位提供情况. It stands inside the report's form, so its names have a prefix."""

    departments = forms.TypedMultipleChoiceField(
        label="单位",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请选择参与单位。",
            "invalid_choice": "有的单位刚刚已经请过或者不再参与，请重新选择。",
        },
    )
    due_on = DayField(
        label="请于何日前提供",
    )
    request = forms.CharField(label="需要提供的内容", required=False, max_length=200)

    def __init__(
        self,
        report: ProgressReport,
        departments: Sequence[ListedDepartment],
        data: Mapping[str, Any] | None = None,
        *,
        proposed: date,
        on: date,
    ) -> None:
        chosen = [one.pk for one in departments]
        super().__init__(
            data,
            prefix="ask",
            auto_id=f"a{report.pk}_%s",
            initial={"departments": chosen, "due_on": proposed},
        )
        self.report, self.on = report, on
        offer(self, "departments", [(str(one.pk), one.short_name) for one in departments])

    def clean_due_on(self) -> date:
        """At least tomorrow, at most the day on which the period closes."""
        due_on: date = self.cleaned_data["due_on"]
        if why := why_not_by(self.report, due_on, self.on):
            raise forms.ValidationError(why)
        return due_on


class GiveForm(VersionForm):
    """A department's note, with the version that the page showed."""

    text = forms.CharField(
        label="本单位的情况",
        required=False,
        strip=False,
        help_text=f"不超过{LIMIT}字",
        widget=forms.Textarea(attrs={"rows": 3, "data-limit": LIMIT}),
    )

    def __init__(self, contribution: Contribution, data: Mapping[str, Any] | None = None) -> None:
        initial = {"version": contribution.version, "text": contribution.text}
        super().__init__(data, initial=initial, auto_id=f"c{contribution.pk}_%s")
        self.contribution = contribution
        self.second = False  # somebody else of the department gave theirs meanwhile

    @classmethod
    def against(cls, current: Contribution, text: str) -> GiveForm:
        """The words of somebody who was second, ready to be sent on over the first one's."""
        form = cls(current, {"version": current.version, "text": text})
        form.is_valid()
        form.second = True
        return form

    def clean_text(self) -> str:
        """Something, and not too much; one kind of line end."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if why := why_not_text(text):
            raise forms.ValidationError(why)
        return text
