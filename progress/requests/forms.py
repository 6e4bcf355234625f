"""One form per act on a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from departments.face_forms import DayField, PercentField, offer
from departments.models import Department
from progress.evidence.forms import FilesField
from progress.forms import VersionForm
from progress.models import Closure, Extension
from progress.requests.ask_extension import why_not_until
from tasks.models import Task


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskForm(forms.Form):
    """What both kinds ask: for which of the person's leading departments."""

    department = forms.ChoiceField(label="申请单位")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        task: Task,
        departments: Sequence[Department],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.task, self.departments = task, {str(one.pk): one for one in departments}
        offer(self, "department", [(key, one.short_name) for key, one in self.departments.items()])
        self.initial.setdefault("department", next(iter(self.departments), ""))

    def given(self) -> dict[str, Any]:
        """What the act takes, after `is_valid`."""
        return self.cleaned_data | {"department": self.departments[self.cleaned_data["department"]]}


class ExtensionForm(AskForm):
    """申请延期."""

    to = DayField(label="申请延期到")
    percent = PercentField(label="目前完成进度")
    reason = forms.CharField(
        label="延期理由", max_length=1000, widget=_area(4), error_messages={"required": "请写明延期理由。"}
    )

    @staticmethod
    def again(last: Extension | None, percent: Decimal | None) -> dict[str, Any]:
        """What the form opens with: the words of a request that came back, else what was confirmed last."""
        if last is None:
            return {"percent": None if percent is None else int(percent)}
        return {"to": last.to_due_on, "percent": last.percent, "reason": last.reason}

    def clean_to(self) -> date:
        """The new deadline is later than the one in force, and not by years."""
        to: date = self.cleaned_data["to"]
        if why := why_not_until(self.task, to):
            raise forms.ValidationError(why)
        return to


class ClosureForm(AskForm):
    """申请销号."""

    result = forms.CharField(
        label="完成情况", max_length=2000, widget=_area(5), error_messages={"required": "请写明完成情况。"}
    )
    evidence = forms.CharField(label="佐证说明", required=False, max_length=1000, widget=_area(2))
    materials = FilesField(label="佐证材料", required=False)

    @staticmethod
    def again(last: Closure | None) -> dict[str, Any]:
        """What the form opens with: the words of a request that came back."""
        return {"result": last.result, "evidence": last.evidence} if last else {}

    def clean(self) -> dict[str, Any]:
        """A browser does not fill a file field again: whoever chose files is told so when another field is wrong."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors and cleaned.get("materials"):
            self.add_error("materials", "申请没有提出，更正后请重新选择文件。")
        return cleaned


class DecisionForm(VersionForm):
    """What somebody says to a request; which acts want it is decided in the workflow."""

    note = forms.CharField(label="意见", required=False, max_length=1000, widget=_area(3))
