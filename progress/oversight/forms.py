"""One form per act on a directive, an inspection, a finding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from departments.face_forms import DayField, offer
from departments.models import Department
from progress.forms import VersionForm
from progress.models import Directive, Finding, Inspection
from progress.oversight import add_finding, add_inspection, answer_directive, give_directive, verify
from progress.oversight.rectify import MISSING
from progress.oversight.rectify_window import too_soon
from progress.oversight.workflow import NEEDS_REASON, Act
from tasks.models import Assignment, Task


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
    given_on = DayField(label="批示日期")
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
    outcome_on = DayField(label="落实日期")

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


class InspectionForm(VersionForm):
    """登记专项检查, and correcting one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="检查名称",
        max_length=100,
        help_text="如“2020年第四季度医改重点任务专项检查”。",
        error_messages={"required": "请填写检查名称。"},
    )
    inspected_on = DayField(label="检查日期")
    note = forms.CharField(label="检查情况", required=False, max_length=2000, widget=_area(3))

    def __init__(
        self, data: Mapping[str, Any] | None, *, on: date, inspection: Inspection | None = None
    ) -> None:
        names = ("version", "name", "inspected_on", "note")
        super().__init__(data, initial={name: getattr(inspection, name, None) for name in names})
        self.fields["version"].required = inspection is not None
        self.on = on

    def clean_inspected_on(self) -> date:
        """No day that has not come."""
        given: date = self.cleaned_data["inspected_on"]
        if why := add_inspection.why_not(given, self.on):
            raise forms.ValidationError(why)
        return given

    def given(self) -> dict[str, Any]:
        """What entering takes, after `is_valid`."""
        return {name: self.cleaned_data[name] for name in ("name", "inspected_on", "note")}


class _InTime(forms.Form):
    """A day by which something has to be put right; one that leaves too little time wants a tick."""

    rectify_by = DayField(label="整改期限")
    confirm_short = forms.BooleanField(label="仍按这一期限", required=False)
    on: date

    def warn(self) -> None:
        """Ask once more when the day is too near or past."""
        rectify_by = self.cleaned_data.get("rectify_by")
        why = too_soon(rectify_by, self.on) if rectify_by else ""
        if why and not self.cleaned_data.get("confirm_short"):
            self.add_error("confirm_short", f"{why}；确需如此的，请勾选后再次提交。")


class FindingForm(_InTime):
    """登记检查发现的问题."""

    field_order = ("task", "department", "text", "rectify_by", "confirm_short")
    task = forms.ChoiceField(label="任务", error_messages={"required": "请选择任务。"})
    department = forms.ChoiceField(label="责任单位", error_messages={"required": "请选择责任单位。"})
    text = forms.CharField(
        label="发现的问题",
        max_length=2000,
        widget=_area(3),
        error_messages={"required": "请写明发现的问题。"},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, inspection: Inspection, on: date, **initial: str
    ) -> None:
        super().__init__(data, initial=initial)
        self.inspection, self.on = inspection, on
        tasks = Task.objects.filter(ledger=inspection.ledger_id).select_related("section")
        self.tasks = {str(one.pk): one for one in tasks}
        having = Assignment.objects.filter(task__ledger=inspection.ledger_id)
        bodies = Department.objects.filter(pk__in=having.values("department")).order_by("position", "pk")
        self.departments = {str(one.pk): one for one in bodies}
        first = ("", "请选择")
        offer(self, "task", [first, *((key, str(one)) for key, one in self.tasks.items())])
        offer(self, "department", [first, *((key, one.short_name) for key, one in self.departments.items())])

    def clean_rectify_by(self) -> date:
        """Not before the inspection itself."""
        given: date = self.cleaned_data["rectify_by"]
        if why := add_finding.why_not_day(self.inspection, given):
            raise forms.ValidationError(why)
        return given

    def clean(self) -> dict[str, Any]:
        """The department has a part in the task; a day too near is warned of once."""
        cleaned = super().clean() or {}
        task, department = self.tasks.get(cleaned.get("task", "")), cleaned.get("department", "")
        known = department in self.departments
        if task and known and (why := add_finding.why_not_department(task, self.departments[department])):
            self.add_error("department", why)
        self.warn()
        return cleaned

    def given(self) -> dict[str, Any]:
        """What the act takes, after `is_valid`."""
        cleaned = self.cleaned_data
        return {
            "task": self.tasks[cleaned["task"]],
            "department": self.departments[cleaned["department"]],
            "text": cleaned["text"],
            "rectify_by": cleaned["rectify_by"],
        }


class FindingActForm(_InTime, VersionForm):
    """What is written to a finding; which act wants which field is checked against the act."""

    field_order = ("version", "rectification", "note", "rectify_by", "confirm_short")
    rectification = forms.CharField(label="整改情况", required=False, max_length=2000, widget=_area(5))
    note = forms.CharField(label="意见", required=False, max_length=1000, widget=_area(3))

    def __init__(
        self, data: Mapping[str, Any] | None, *, finding: Finding, on: date, act: Act | None = None
    ) -> None:
        opening = {"version": finding.version, "rectification": finding.rectification}
        super().__init__(data, initial=opening)
        self.on, self.act = on, act
        self.fields["rectify_by"].label = "退回后的整改期限"
        self.fields["rectify_by"].required = act is Act.RETURN

    def clean(self) -> dict[str, Any]:
        """Each act has what it needs."""
        cleaned = super().clean() or {}
        if self.act is Act.RECTIFY and not cleaned.get("rectification"):
            self.add_error("rectification", MISSING)
        if self.act in NEEDS_REASON and not cleaned.get("note"):
            self.add_error("note", NEEDS_REASON[self.act])
        if self.act is Act.RETURN and (given := cleaned.get("rectify_by")):
            if why := verify.why_not_again(given, self.on):
                self.add_error("rectify_by", why)
            else:
                self.warn()
        return cleaned
