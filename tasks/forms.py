"""确认入账: the form for a new ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from departments.face_forms import DayField, WholeNumberField
from tasks.adopt import Choices
from tasks.draft_form import DraftForm
from tasks.models import Ledger, Task

UNDATED = [
    (Task.DueKind.LEDGER_END.value, "按台账结束日期"),
    (Task.DueKind.NONE.value, "不设时限"),
]


class AdoptForm(DraftForm):
    """The ledger to be made."""

    name = forms.CharField(label="台账名称", max_length=120)
    year = WholeNumberField(label="年度", min_value=2000, max_value=2100)
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期")
    undated = forms.ChoiceField(label="没有写明时限的任务", choices=UNDATED, widget=forms.RadioSelect)
    reporters = forms.ChoiceField(label="由谁报送", choices=Ledger.Reporters.choices)

    @property
    def ledger_fields(self) -> Iterator[BoundField]:
        """The fields of the ledger itself, after its name."""
        return (self[name] for name in self.base_fields if name != "name")

    def clean(self) -> dict[str, Any]:
        """The ledger ends after it starts."""
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "台账结束日期不能早于开始日期。")
        return cleaned

    def choices(self) -> Choices:
        """What was decided, after `is_valid`."""
        return Choices(
            names=self.names(),
            undated=self.cleaned_data["undated"],
            reporters=self.cleaned_data["reporters"],
            indicators=self.indicators(),
        )
