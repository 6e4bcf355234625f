"""One form per act on a directive, an inspection, a finding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from departments.face_forms import DayInput
from progress.forms import VersionForm
from progress.models import Directive
from progress.oversight import answer_directive, give_directive

_DAY = {"required": "请填写日期。", "invalid": "请填写日期，如2020-12-31。"}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DirectiveForm(forms.Form):
    """写批示; a leader's own name stands above it without being asked."""

    leader_name = forms.CharField(
        label="批示人",
        max_length=40,
        help_text="姓名和职务，如“王明远副市长”。",
        error_messages={"required": "请填写批示人。"},
    )
    given_on = forms.DateField(label="批示日期", widget=DayInput(), error_messages=_DAY)
    text = forms.CharField(
        label="批示内容", max_length=2000, widget=_area(4), error_messages={"required": "请填写批示内容。"}
    )

    def __init__(self, data: Mapping[str, Any] | None, *, on: date, own_name: str) -> None:
        super().__init__(data, initial={"given_on": on})
        self.on, self.own_name = on, own_name
        if own_name:
            del self.fields["leader_name"]

    def clean_given_on(self) -> date:
        """No day that has not come."""
        given: date = self.cleaned_data["given_on"]
        if why := give_directive.why_not(given, self.on):
            raise forms.ValidationError(why)
        return given

    def given(self) -> dict[str, Any]:
        """What the act takes, after `is_valid`."""
        return {"leader_name": self.own_name, **self.cleaned_data}


class OutcomeForm(VersionForm):
    """落实情况."""

    outcome = forms.CharField(
        label="落实情况", max_length=2000, widget=_area(4), error_messages={"required": "请写明落实情况。"}
    )
    outcome_on = forms.DateField(label="落实日期", widget=DayInput(), error_messages=_DAY)

    def __init__(self, data: Mapping[str, Any] | None, *, directive: Directive, on: date) -> None:
        opening = {
            "version": directive.version,
            "outcome": directive.outcome,
            "outcome_on": directive.outcome_on or on,
        }
        super().__init__(data, initial=opening)
        self.directive, self.on = directive, on

    def clean_outcome_on(self) -> date:
        """Between the directive and today."""
        given: date = self.cleaned_data["outcome_on"]
        if why := answer_directive.why_not(self.directive, given, self.on):
            raise forms.ValidationError(why)
        return given


class StrikeForm(VersionForm):
    """撤销批示."""

    reason = forms.CharField(
        label="撤销理由", max_length=500, widget=_area(2), error_messages={"required": "撤销须写明理由。"}
    )
