"""The filter over the trail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from audit.search import TrailFilter
from audit.words import ACTS
from departments.face_forms import DayField, PlainInput, PlainSelect

SHOWN_DAYS = 30  # what an address without a day shows, so that nobody searches years by accident


def _text(label: str, hint: str = "") -> forms.CharField:
    widget = PlainInput(attrs={"placeholder": hint})
    return forms.CharField(label=label, required=False, max_length=60, widget=widget)


class TrailFilterForm(forms.Form):
    """筛选审计记录; what is left empty is not asked."""

    since = DayField(label="自", required=False)
    until = DayField(label="至", required=False)
    person = _text("操作人", "姓名或用户名")
    act = forms.ChoiceField(label="行为", required=False, widget=PlainSelect)
    target = _text("对象", "名称的一部分")
    address = forms.GenericIPAddressField(label="来源地址", required=False, widget=PlainInput)
    request_id = _text("请求编号")

    def __init__(self, data: Any, *, today: date) -> None:
        given = data.copy()
        given.setdefault("since", (today - timedelta(days=SHOWN_DAYS)).isoformat())
        super().__init__(given)
        acts = self.fields["act"]
        if isinstance(acts, forms.ChoiceField):
            acts.choices = [("", "全部行为"), *ACTS.items()]

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "结束日期不能早于开始日期。")
        return cleaned

    def chosen(self) -> TrailFilter | None:
        """The conditions; None when one of them cannot be understood."""
        if not self.is_valid():
            return None
        return TrailFilter(**{name: value for name, value in self.cleaned_data.items() if value})

    def in_words(self) -> dict[str, str]:
        """The conditions for the trail itself."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        words = {str(self.fields[name].label): str(value) for name, value in given.items()}
        return words | ({"行为": ACTS[given["act"]]} if "act" in given else {})
