"""Forms that rearrange a draft: split, merge, move, and the same change to several tasks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from departments.face_forms import DayField, PlainSelect, offer
from documents.correct import TaskChange
from documents.forms import DUE_KINDS, NamesField, TaskForm
from documents.models import Draft
from documents.reading import DraftTask, draft_sections, draft_tasks
from documents.split import sentences

ROLE_ACTS = {
    "add_leads": ("leads", False, "增加牵头单位"),
    "set_leads": ("leads", True, "牵头单位改为"),
    "add_responsible": ("responsible", False, "增加负责单位"),
    "set_responsible": ("responsible", True, "负责单位改为"),
    "add_participants": ("participants", False, "增加参与单位"),
    "set_participants": ("participants", True, "参与单位改为"),
}
BULK_ACTS = [
    *((act, word) for act, (_, _, word) in ROLE_ACTS.items()),
    ("deadline", "设定时限"),
    ("section", "移到方面"),
    ("accept", "采用读入结果"),
    ("merge", "合并为一项"),
    ("leave_out", "不列入台账"),
    ("take_in", "恢复列入台账"),
]


def section_choices(draft: Draft) -> list[tuple[str, str]]:
    """The sections of the paper to choose from, and none."""
    return [*((number, f"{number}　{title}") for number, title in draft_sections(draft)), ("", "未分方面")]


def label_of(task: DraftTask) -> str:
    """What a task is called in a list of choices."""
    return task.label[:44]


class SplitForm(forms.Form):
    """拆分一项任务."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.TypedChoiceField(
        label="后一项从哪一句开始", coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="或者填写后一项开头的几个字",
        max_length=100,
        required=False,
        help_text="不在句首拆分时填写，须与原文一致，并且只出现一次。",
    )

    def __init__(self, text: str, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="split", **kwargs)
        self.text = text
        choices = [(str(place), words) for place, words in sentences(text)[1:]]
        if choices:
            offer(self, "at", choices)
        else:
            del self.fields["at"]
            self.fields["words"].label = "填写后一项开头的几个字"

    def clean(self) -> dict[str, Any]:
        """One place, said in one of the two ways."""
        cleaned = super().clean() or {}
        words = cleaned.get("words")
        if words and self.text.count(words) != 1:
            self.add_error("words", "这几个字在任务内容中没有出现或不止出现一次，请多填几个字。")
        elif words:
            cleaned["at"] = self.text.index(words)
        elif cleaned.get("at") is None and not self.errors:
            self.add_error("words", "请选择或填写在哪里拆分。")
        return cleaned


class MergeForm(forms.Form):
    """把一项任务并入另一项."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    into = forms.TypedChoiceField(
        label="并入哪一项",
        coerce=int,
        widget=PlainSelect,
        help_text="保留所选任务的编号和标题；文字按原文顺序相接，单位各保留一次。",
    )

    def __init__(self, draft: Draft, task: DraftTask, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="merge", **kwargs)
        others = [one for one in draft_tasks(draft) if one.key != task.key and not one.left_out]
        offer(self, "into", [(str(one.key), label_of(one)) for one in others])
        earlier = [one for one in others if one.index < task.index] or others
        self.fields["into"].initial = str(earlier[-1].key) if earlier else ""


class MoveForm(forms.Form):
    """把一项任务移到别处."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.ChoiceField(label="移到哪里", help_text="编号不变，所在方面和台账中的顺序随之改变。")

    def __init__(self, draft: Draft, task: DraftTask, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="move", **kwargs)
        offer(self, "place", _places(draft, task))
        self.fields["place"].initial = f"{task.section}:"

    def chosen(self) -> dict[str, Any]:
        """Section and the task to stand before, after `is_valid`."""
        section, _, before = self.cleaned_data["place"].rpartition(":")
        return {"section": section, "before": int(before) if before else None}


def _places(draft: Draft, task: DraftTask) -> list[tuple[str, list[tuple[str, str]]]]:
    """Before every other task and at every section's end, by section."""
    others = [one for one in draft_tasks(draft) if one.key != task.key]
    return [
        (
            title,
            [
                *((f"{number}:{one.key}", f"{label_of(one)}之前") for one in others if one.section == number),
                (f"{number}:", f"{title}的最后"),
            ],
        )
        for number, title in section_choices(draft)
    ]


class StepForm(forms.Form):
    """上移、下移."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.ChoiceField(choices=[("up", "上移"), ("down", "下移")])


class InlineForm(TaskForm):
    """就地修改: the fields of a task with its section, saved as they are filled in."""

    field_order = [
        "version",
        "seen",
        "title",
        "leads",
        "responsible",
        "participants",
        "due_kind",
        "due_on",
        "due_text",
    ]

    def __init__(self, *args: Any, draft: Draft, key: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"t{key}_%s", **kwargs)
        self.outside = next(one.left_out for one in draft_tasks(draft) if one.key == key)
        del self.fields["left_out"]
        self.fields["section"] = forms.ChoiceField(
            label="方面", choices=section_choices(draft), required=False, widget=PlainSelect
        )
        self.fields["due_kind"].widget = PlainSelect(choices=DUE_KINDS)
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        for name in ("leads", "responsible", "participants", "body"):
            self.fields[name].widget.attrs["rows"] = 2
            self.fields[name].help_text = ""
        self.order_fields(self.field_order)

    def change(self) -> TaskChange:
        """The task's own fields, after `is_valid`; whether it enters the ledger is decided elsewhere."""
        outside = ("version", "seen", "section")
        values = {name: value for name, value in self.cleaned_data.items() if name not in outside}
        return TaskChange(**values, left_out=self.outside)


class BulkForm(forms.Form):
    """批量处理所选任务."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(label="对所选任务", choices=BULK_ACTS, widget=PlainSelect)
    due_kind = forms.ChoiceField(label="时限类别", choices=DUE_KINDS, required=False, widget=PlainSelect)
    due_on = DayField(label="完成时限", required=False)
    due_text = forms.CharField(label="时限原文", max_length=200, required=False)
    section = forms.ChoiceField(label="方面", required=False, widget=PlainSelect)
    reason = forms.CharField(label="不列入的理由", max_length=200, required=False)

    def __init__(
        self, draft: Draft, data: QueryDict | None = None, *, known: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id="bulk_%s", **kwargs)
        tasks = draft_tasks(draft)
        asked = set(data.getlist("tasks")) if data else set()
        self.ticked = [one.key for one in tasks if str(one.key) in asked]
        keys = [(str(one.key), one.ref) for one in tasks]
        self.fields["tasks"] = forms.TypedMultipleChoiceField(
            label="任务", coerce=int, choices=keys, error_messages={"required": "请先勾选任务。"}
        )
        offer(self, "section", section_choices(draft))
        self.fields["names"] = NamesField(
            label="单位",
            help_text="几个单位用顿号隔开。",
            known=known,
            widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
        )

    def clean(self) -> dict[str, Any]:
        """What the chosen act needs is filled in."""
        cleaned = super().clean() or {}
        act = cleaned.get("act")
        if act in ROLE_ACTS and not cleaned.get("names"):
            self.add_error("names", "请填写单位。")
        if act == "deadline" and cleaned.get("due_kind") == "fixed" and not cleaned.get("due_on"):
            self.add_error("due_on", "明确日期的须填写完成时限。")
        if act == "leave_out" and not cleaned.get("reason"):
            self.add_error("reason", "请填写不列入台账的理由。")
        if act == "merge" and len(cleaned.get("tasks") or ()) == 1:
            self.add_error("tasks", "请至少勾选两项任务再合并。")
        return cleaned
