"""Forms of papers: upload, correction of a task, correction of the paper's head."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from departments.face_forms import DayField
from departments.files import SentFile
from departments.models import Jurisdiction, User
from documents.correct import FactsChange, TaskChange
from documents.models import Draft, PolicyDocument
from documents.reading import DraftTask, draft_sections, draft_tasks

DUE_KINDS = [
    ("none", "未规定"),
    ("fixed", "明确日期"),
    ("relative", "相对期限"),
    ("continuing", "持续推进"),
]
_SEPARATORS = re.compile(r"[、，,；;\n]")


class UploadForm(forms.Form):
    """上传文件."""

    file = SentFile(
        label="文件",
        help_text="可上传 Word、PDF、网页（html）、文本（txt）或 Excel 文件。不得上传涉密文件。",
        accept=".docx,.pdf,.html,.htm,.txt,.xlsx,.csv,.doc,.wps,.xls,.et",
        advice="请去掉图片后另存，或只上传正文。",
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = Jurisdiction.objects.visible_to(user).filter(pk__in=user.scope.coordinates)
        if len(user.scope.coordinates) > 1:
            self.fields["jurisdiction"] = forms.ModelChoiceField(self.places, label="行政区域")

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Where the paper belongs, after `is_valid`; a coordinator of one place need not choose it."""
        return self.cleaned_data.get("jurisdiction") or self.places.get()


class NamesField(forms.CharField):
    """Departments, one a line or with 、 between them; `known` names keep a 、 of their own."""

    def __init__(self, *, known: Iterable[str] = (), **kwargs: Any) -> None:
        self.known = tuple(known)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The names in order, each once."""
        return split_names(super().clean(value) or "", self.known)


def split_names(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Cut a list of names; separators inside brackets, or inside a name in `known`, do not count."""
    parts: list[str] = []
    kept = sorted((one for one in known if _SEPARATORS.search(one)), key=len, reverse=True)
    cursor, begin, depth = 0, 0, 0
    while cursor < len(text):
        whole = next((one for one in kept if text.startswith(one, cursor)), None)
        if whole:
            cursor += len(whole)
            continue
        char = text[cursor]
        depth = max(0, depth + (char in "（(") - (char in "）)"))
        if _SEPARATORS.match(char) and (not depth or char == "\n"):
            parts.append(text[begin:cursor])
            begin, depth = cursor + 1, 0
        cursor += 1
    names = [part.strip() for part in [*parts, text[begin:]]]
    return tuple(dict.fromkeys(name for name in names if name))


class TaskForm(forms.Form):
    """修改一项读入的任务."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="任务", max_length=300, required=False)
    leads = NamesField(label="牵头单位", help_text="每行一个单位，也可用顿号隔开。")
    responsible = NamesField(label="负责单位")
    participants = NamesField(label="参与单位")
    due_kind = forms.ChoiceField(label="时限类别", choices=DUE_KINDS, widget=forms.RadioSelect)
    due_on = DayField(label="完成时限", required=False)
    due_text = forms.CharField(label="时限原文", max_length=200, required=False)
    body = forms.CharField(label="任务内容", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    left_out = forms.CharField(
        label="不列入台账的理由",
        max_length=200,
        required=False,
        help_text="只有这一项不是任务时才填写；填写后入账时略去这一项。",
    )

    def __init__(self, *args: Any, known: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            if isinstance(one, NamesField):
                one.known = tuple(known)

    @classmethod
    def initial_of(cls, task: DraftTask, version: int) -> dict[str, Any]:
        """What the form shows of a task."""
        kind = task.due_kind if task.due_kind in dict(DUE_KINDS) else "none"
        return {
            "version": version,
            "title": task.title,
            "leads": "\n".join(task.leads),
            "responsible": "\n".join(task.responsible),
            "participants": "\n".join(task.participants),
            "due_kind": kind,
            "due_on": task.due_on,
            "due_text": task.due_text,
            "body": task.body,
            "left_out": task.left_out,
        }

    def clean(self) -> dict[str, Any]:
        """A task has words, a fixed deadline a day, and a department one role."""
        cleaned = super().clean() or {}
        if not cleaned.get("title") and not cleaned.get("body"):
            self.add_error("title", "请填写任务，或填写任务内容。")
        if cleaned.get("due_kind") == "fixed" and not cleaned.get("due_on"):
            self.add_error("due_on", "明确日期的任务须填写完成时限。")
        leads = set(cleaned.get("leads") or ())
        for role, word in (("responsible", "负责"), ("participants", "参与")):
            if twice := [one for one in cleaned.get(role) or () if one in leads]:
                self.add_error(role, f"{'、'.join(twice)}已是牵头单位，请从{word}单位中去掉。")
        return cleaned

    def change(self) -> TaskChange:
        """The correction, after `is_valid`."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return TaskChange(**values)


class AddTaskForm(TaskForm):
    """补一项没有读出的任务."""

    field_order = ["version", "section", "before", "number"]

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["left_out"]
        sections = [(number, f"{number}　{title}") for number, title in draft_sections(draft)]
        self.fields["section"] = forms.ChoiceField(
            label="方面", choices=[*sections, ("", "未分方面")], required=False
        )
        self.fields["before"] = forms.TypedChoiceField(
            label="位置",
            coerce=int,
            empty_value=None,
            required=False,
            choices=[("", "这个方面的最后"), *((one.key, f"{one.ref}之前") for one in draft_tasks(draft))],
        )
        self.fields["number"] = forms.CharField(label="序号", max_length=20)
        self.order_fields(self.field_order)
        self.refs = {task.ref for task in draft_tasks(draft)}
        self.sections = {task.key: task.section for task in draft_tasks(draft)}

    def clean(self) -> dict[str, Any]:
        """Besides what holds for every task: its number is free in its section."""
        cleaned = super().clean()
        section, number = cleaned.get("section") or "", cleaned.get("number")
        if number and (f"{section}/{number}" if section else number) in self.refs:
            self.add_error("number", "这个方面已有这个序号。")
        if cleaned.get("before") is not None and self.sections.get(cleaned["before"]) != section:
            self.add_error("before", "所选的位置不在这个方面，请重新选择。")
        return cleaned

    def change(self) -> TaskChange:
        """The task's own fields, after `is_valid`."""
        outside = ("version", "section", "before", "number")
        return TaskChange(**{name: value for name, value in self.cleaned_data.items() if name not in outside})


class FactsForm(forms.Form):
    """修改文件信息."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=200)
    number = forms.CharField(label="文号", max_length=60, required=False)
    issuer = forms.CharField(label="发文机关", max_length=100, required=False)
    issued_on = DayField(label="成文日期", required=False)

    @classmethod
    def initial_of(cls, document: PolicyDocument, version: int) -> dict[str, Any]:
        """What the form shows of a paper."""
        names = ("title", "number", "issuer", "issued_on")
        return {"version": version, **{name: getattr(document, name) for name in names}}

    def change(self) -> FactsChange:
        """The correction, after `is_valid`."""
        return FactsChange(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class SettleForm(forms.Form):
    """采用若干处读入结果."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        choices=[("accept", "按读入结果"), ("all_lead", "都牵头"), ("appoint", "指定牵头单位")]
    )
    lead = forms.CharField(max_length=100, required=False)
    next = forms.SlugField(required=False)

    def __init__(self, count: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(place), str(place)) for place in range(count)]
        self.fields["problems"] = forms.TypedMultipleChoiceField(coerce=int, choices=places)

    def clean(self) -> dict[str, Any]:
        """Who appoints a lead names it."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "appoint" and not cleaned.get("lead"):
            self.add_error("lead", "请填写牵头单位。")
        return cleaned


class VersionForm(forms.Form):
    """An act on the draft as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
