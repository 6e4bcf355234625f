"""One form per act of the quarter; the report itself has its own (progress/report_form.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from departments.asked import SeveralField
from departments.face_forms import DayField, PercentField, WholeNumberField, offer_rows
from progress.models import ProgressReport, ReportingPeriod
from progress.propose import SHORTEST_WINDOW, Proposal, window
from progress.return_reasons import ReturningForm
from progress.workflow import Act
from tasks.models import Task
from timekeeping.workdays import exceptions_between, workdays_after


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class VersionForm(forms.Form):
    """An act that needs no more than the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(ReturningForm, VersionForm):
    """审核: the office's own numbers for a confirmation; for a return only the opinion is needed."""

    percent = PercentField(label="本季确认进度")
    status = forms.ChoiceField(label="本季确认判断", choices=Task.Status.choices)
    note = forms.CharField(
        label="审核意见",
        required=False,
        max_length=1000,
        widget=_area(2),
        error_messages={"required": "退回须写明意见。"},
    )
    due_on = DayField(label="退回后的修改期限", required=False)

    def __init__(self, *args: Any, act: Act = Act.ACCEPT, **kwargs: Any) -> None:
        self.returning = act is Act.RETURN
        super().__init__(*args, **kwargs)
        self.fields["note"].required = self.returning and not self.chosen()
        self.fields["percent"].required = self.fields["status"].required = not self.returning

    def clean(self) -> dict[str, Any] | None:
        """What is returned is not measured, what is confirmed gets no day: text begun there is no fault."""
        self.errors.pop("percent" if self.returning else "due_on", None)
        return super().clean()

    def chosen(self) -> str:
        """A usual reason counts where the report is returned."""
        return super().chosen() if self.returning else ""

    @classmethod
    def showing(cls, report: ProgressReport, due_on: date) -> DecisionForm:
        """The form as it opens: what the department said, and until when it would revise, stand as proposals."""
        said = {"percent": report.said_percent, "status": report.said_status}
        return cls(initial={"version": report.version, "due_on": due_on, **said})

    @classmethod
    def adopting(cls, report: ProgressReport, data: Mapping[str, Any]) -> DecisionForm:
        """The form filled with what the department said (采用单位自报数)."""
        said = {"percent": report.said_percent, "status": report.said_status}
        return cls({"version": data.get("version"), "note": data.get("note", ""), **said})


class ReasonForm(ReturningForm, VersionForm):
    """退回、重新开放、免报: a reason, and where it applies the day until which the report may be revised."""

    note = forms.CharField(
        label="意见", max_length=1000, widget=_area(2), error_messages={"required": "请写明意见。"}
    )
    due_on = DayField(label="修改期限", required=False)


class ReportsField(SeveralField):
    """Reports of one department and period: named by their tasks."""

    def label_from_instance(self, obj: Any) -> str:
        """The task alone."""
        return str(obj.task)


class ExtendForm(forms.Form):
    """延长报送: which of a department's reports, until when, and why."""

    report = ReportsField(
        ProgressReport.objects.none(),
        label="延长哪些报告",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请选中要延长的报告。",
            "invalid_choice": "选中的报告不在这个单位的未提交报告中，请核对。",
            "invalid_pk_value": "选中的报告不在这个单位的未提交报告中，请核对。",
        },
    )
    to = DayField(
        label="延长到",
        help_text="当天24时前首次提交为按时。",
        error_messages={"required": "请填写新的截止日。"},
    )
    reason = forms.CharField(
        label="延长理由",
        max_length=500,
        widget=_area(2),
        help_text="对方看得到。",
        error_messages={"required": "延长报送须写明理由。"},
    )

    def __init__(self, reports: Sequence[ProgressReport], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"report": [one.pk for one in reports]}, auto_id="extend_%s")
        chosen = ProgressReport.objects.filter(pk__in=[one.pk for one in reports])
        offer_rows(self, "report", chosen.select_related("period", "task"))


class PeriodForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """开启报送期."""

    confirm_short = forms.BooleanField(label="仍按上述日期设置", required=False)

    class Meta:
        model = ReportingPeriod
        fields = ("kind", "year", "number", "name", "opens_on", "due_on", "closes_on")
        field_classes = {
            **dict.fromkeys(("year", "number"), WholeNumberField),
            **dict.fromkeys(("opens_on", "due_on", "closes_on"), DayField),
        }
        help_texts = {
            "due_on": "当天24时前提交为按时。",
            "closes_on": "当天24时前提交为逾期，之后不能提交。",
        }

    @classmethod
    def proposing(cls, proposal: Proposal) -> PeriodForm:
        """The form with the next quarter's dates."""
        return cls(
            initial={
                "kind": ReportingPeriod.Kind.QUARTER,
                "year": proposal.quarter.year,
                "number": proposal.quarter.number,
                "name": proposal.quarter.name,
                "opens_on": proposal.opens_on,
                "due_on": proposal.due_on,
                "closes_on": proposal.closes_on,
            }
        )

    def dates(self) -> tuple[date, date, date] | None:
        """The three dates as they stand in the form; None while one of them cannot be read."""
        given = getattr(self, "cleaned_data", None) or self.initial
        dates = [given.get(name) for name in ("opens_on", "due_on", "closes_on")]
        first, second, third = (day if isinstance(day, date) else None for day in dates)
        return (first, second, third) if first and second and third else None

    def clean(self) -> dict[str, Any]:
        """Warn once when the window leaves departments fewer than five working days."""
        cleaned = super().clean() or {}
        opens_on, due_on = cleaned.get("opens_on"), cleaned.get("due_on")
        if opens_on and due_on and not cleaned.get("confirm_short"):
            self._warn_of_short_window(opens_on, due_on)
        return cleaned

    def _warn_of_short_window(self, opens_on: date, due_on: date) -> None:
        days = window(opens_on, due_on)
        if due_on >= opens_on and days < SHORTEST_WINDOW:
            self.add_error(
                "confirm_short",
                f"填报时间只有{days}个工作日，少于{SHORTEST_WINDOW}个工作日；确需如此的，请勾选后再次提交。",
            )


class ReopenPeriodForm(forms.Form):
    """重新开放报送期: until when, and why."""

    closes_on = DayField(
        label="新的关闭日期",
        help_text="当天24时前可以提交，按逾期计。",
        error_messages={"required": "请填写新的关闭日期。"},
    )
    reason = forms.CharField(
        label="理由", max_length=500, widget=_area(2), error_messages={"required": "重新开放须写明理由。"}
    )

    @staticmethod
    def usual(on: date) -> date:
        """What is proposed: a week of working days."""
        return workdays_after(on, SHORTEST_WINDOW, exceptions_between(on, on + timedelta(days=30)))
