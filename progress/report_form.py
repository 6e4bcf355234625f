"""进展报告 as a form. What a report must hold is decided in progress/content.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from departments.face_forms import DayInput, PercentField
from progress.content import (
    CAUSES,
    NO_CHANGE_REASONS,
    OTHER_CAUSE,
    REASON_LIMIT,
    REMEDIES,
    SIDE_LIMIT,
    TEXT_LIMIT,
    Faults,
    ReportContent,
    step_field,
    value_field,
)
from progress.measures import Measures, ValueLine
from progress.models import ProgressReport
from progress.numbers import NotANumber, read_number
from sheets.values import NotADay, written_day
from tasks.models import Milestone, Task
from tasks.wanted import plain

OTHER = "other"
_LONGEST_NUMBER = 30


def _text(label: str, rows: int, limit: int) -> forms.CharField:
    """A text that the rules limit; the page counts what is written (static/js/app.js)."""
    area = forms.Textarea(attrs={"rows": rows, "data-limit": limit})
    return forms.CharField(label=label, required=False, widget=area, help_text=f"不超过{limit}字")


def _listed(label: str, words: Sequence[str], other: str) -> forms.ChoiceField:
    """One of a short list; `other` says where the last word of it is explained."""
    choices = [(word, f"{word}（{other}）" if word == OTHER_CAUSE else word) for word in words]
    return forms.ChoiceField(label=label, required=False, choices=[("", "请选择"), *choices])


def _lines(text: str) -> str:
    """One kind of line end, so that a text compares equal with itself whatever page sent it."""
    return text.replace("\r\n", "\n")


class ReportForm(forms.Form):
    """A department's report. Nothing is required here: a draft may be half filled.

    Beside the fixed fields it has one for each indicator and each open milestone of `measures`.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    copy = forms.CharField(widget=forms.HiddenInput, required=False)
    no_change = forms.BooleanField(label="本季无变化", required=False)
    no_change_reason = forms.ChoiceField(
        label="无变化的原因",
        required=False,
        choices=[*((reason, reason) for reason in NO_CHANGE_REASONS), (OTHER, "其他（请写明）")],
    )
    other_reason = forms.CharField(
        label="其他原因",
        required=False,
        max_length=REASON_LIMIT,
        error_messages={"max_length": f"不超过{REASON_LIMIT}字。"},
    )
    text = _text("进展情况", 3, TEXT_LIMIT)
    said_percent = PercentField(label="完成进度", required=False)
    said_status = forms.ChoiceField(
        label="本单位判断", required=False, choices=Task.Status.choices, widget=forms.RadioSelect
    )
    cause = _listed("滞后原因", CAUSES, "在存在问题中写明")
    remedy = _listed("整改措施", REMEDIES, "在下一步措施中写明")
    problems = _text("存在问题", 2, SIDE_LIMIT)
    next_steps = _text("下一步措施", 2, SIDE_LIMIT)

    is_practice = forms.BooleanField(label="推荐为典型做法", required=False)

    def __init__(
        self,
        report: ProgressReport,
        data: Mapping[str, Any] | None = None,
        *,
        measures: Measures,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, auto_id=f"r{report.pk}_%s", **kwargs)
        self.measures = measures
        number = {"inputmode": "decimal", "autocomplete": "off", "maxlength": _LONGEST_NUMBER}
        for one in measures.indicators:
            widget = forms.TextInput(attrs=number)
            self.fields[value_field(one.pk)] = forms.CharField(label=one.name, required=False, widget=widget)
        for step in measures.open_steps:
            self.fields[step_field(step.pk)] = forms.CharField(
                label=step.title, required=False, widget=DayInput()
            )

    @classmethod
    def showing(
        cls, report: ProgressReport, content: ReportContent, measures: Measures, copy: str = ""
    ) -> ReportForm:
        """An unbound form that holds a content: what is stored, or what was confirmed last."""
        reason = content.no_change_reason or NO_CHANGE_REASONS[0]
        listed = reason in NO_CHANGE_REASONS
        initial = content.as_dict() | {
            "version": report.version,
            "copy": copy,
            "no_change_reason": reason if listed else OTHER,
            "other_reason": "" if listed else reason,
            **{value_field(key): text for key, text in content.said_values.items()},
            **{step_field(key): text for key, text in content.said_steps.items()},
        }
        return cls(report, measures=measures, initial=initial)

    def content(self) -> ReportContent:
        """What was written, as far as it can be read; call after `is_valid()`."""
        given = self.cleaned_data
        no_change, reason = given.get("no_change", False), given.get("no_change_reason", "")
        if reason == OTHER:
            reason = given.get("other_reason", "").strip()
        elif not no_change:
            reason = ""  # only proposed
        return ReportContent(
            text=_lines(given.get("text", "")),
            problems=_lines(given.get("problems", "")),
            next_steps=_lines(given.get("next_steps", "")),
            said_percent=given.get("said_percent"),
            said_status=given.get("said_status", ""),
            cause=given.get("cause", ""),
            remedy=given.get("remedy", ""),
            said_values=self._values(),
            said_steps=self._days(),
            is_practice=given.get("is_practice", False),
            no_change=no_change,
            no_change_reason=reason,
        )

    def _values(self) -> dict[str, str]:
        """The numbers as they are kept; what is no number stays as it was typed, for the rules to judge."""
        found = {}
        for one in self.measures.indicators:
            if text := self.cleaned_data.get(value_field(one.pk), ""):
                found[str(one.pk)] = _number(text[:_LONGEST_NUMBER], one.unit)
        return found

    def _days(self) -> dict[str, str]:
        """The days of milestones as ISO dates, or as they were typed."""
        said = {one.pk: self.cleaned_data.get(step_field(one.pk), "") for one in self.measures.open_steps}
        return {str(key): _day(text[:_LONGEST_NUMBER]) for key, text in said.items() if text}

    def values(self) -> Iterator[tuple[ValueLine, BoundField]]:
        """Each indicator with its field."""
        for line in self.measures.values({}):
            yield line, self[value_field(line.indicator.pk)]

    def steps(self) -> Iterator[tuple[Milestone, BoundField | None]]:
        """Each milestone with its field, which one that is done has not."""
        for step in self.measures.steps:
            yield step, None if step.done_on else self[step_field(step.pk)]

    def unreadable(self) -> bool:
        """Whether some text could not be read at all (control characters), so that saving would lose it."""
        texts = [name for name, one in self.fields.items() if isinstance(one, forms.CharField)]
        return any(name in self.errors for name in texts)

    def read_version(self) -> int:
        """The version that the page showed; -1 (never a version) when the field was tampered with."""
        return int(self.cleaned_data.get("version", -1))

    def read_copy(self) -> str:
        """The name of the copy that the browser keeps (static/js/copies.js), told back once the text is stored."""
        named = str(self.cleaned_data.get("copy", ""))
        return named if re.fullmatch(r"[0-9a-z-]{1,40}", named) else ""

    def show_faults(self, faults: Faults) -> None:
        """Put each sentence beside its field, once."""
        for field, sentences in faults.items():
            for sentence in sentences:
                if field not in self.errors or sentence not in self.errors[field]:
                    self.add_error(field, sentence)


def _number(text: str, unit: str) -> str:
    try:
        return plain(read_number(text, unit))
    except NotANumber:
        return text


def _day(text: str) -> str:
    try:
        return written_day(text).isoformat()
    except NotADay:
        return text
