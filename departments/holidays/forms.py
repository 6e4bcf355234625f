"""录入节假日."""

from typing import Any

from django import forms

from departments.face_forms import DayField


class HolidayForm(forms.Form):
    """The days of one holiday, or the weekend days that are worked instead."""

    is_workday = forms.TypedChoiceField(
        label="安排",
        choices=[("no", "放假"), ("yes", "调休上班")],
        coerce=lambda chosen: chosen == "yes",
        error_messages={"required": "请选择放假或者调休上班。"},
    )
    name = forms.CharField(label="名称", max_length=40, error_messages={"required": "请填写名称，如国庆节。"})
    first = DayField(label="开始日期")
    last = DayField(
        label="结束日期",
        required=False,
        help_text="只有一天的不用填。",
    )
    source = forms.CharField(
        label="来源",
        max_length=100,
        help_text="公布这项安排的文件名称和文号。",
        error_messages={"required": "请填写公布这项安排的文件。"},
    )

    def clean(self) -> dict[str, Any]:
        """A single day ends on the day it begins."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and "last" in cleaned:
            cleaned["last"] = cleaned["last"] or cleaned["first"]
        return cleaned
