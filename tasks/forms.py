"""确认入账: one form for the new ledger and every name that is no known department."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from departments.face_forms import DayInput
from departments.roster import Roster
from tasks.adopt import Choices
from tasks.match import Existing, ExistingGroup, LeftOut, NameChoice, New, NewGroup, Unmatched
from tasks.models import Ledger, Task

UNDATED = [
    (Task.DueKind.LEDGER_END.value, "按台账结束日期"),
    (Task.DueKind.NONE.value, "不设时限"),
]
Option = tuple[str, str]


@dataclass(frozen=True)
class NameRow:
    """One unknown name with its fields."""

    unknown: Unmatched
    choice: BoundField
    short_name: BoundField
    name: BoundField


class AdoptForm(forms.Form):
    """The ledger to be made; `unknown` names each add a choice and two text fields."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="台账名称", max_length=120)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    starts_on = forms.DateField(label="开始日期", widget=DayInput)
    ends_on = forms.DateField(label="结束日期", widget=DayInput)
    undated = forms.ChoiceField(label="没有写明时限的任务", choices=UNDATED, widget=forms.RadioSelect)
    reporters = forms.ChoiceField(label="由谁报送", choices=Ledger.Reporters.choices)

    def __init__(self, *args: Any, unknown: Sequence[Unmatched] = (), roster: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unknown = unknown
        for place, one in enumerate(unknown):
            self.fields[f"choice_{place}"] = forms.ChoiceField(
                label=f"“{one.name}”是",
                choices=[("", "请选择"), *_options(one, roster)],
                initial=_first_choice(one, roster),
                error_messages={"required": f"请确定“{one.name}”是哪个单位。"},
            )
            self.fields[f"short_{place}"] = forms.CharField(
                label=f"新增“{one.name}”的简称", max_length=50, required=False, initial=one.name
            )
            self.fields[f"full_{place}"] = forms.CharField(
                label=f"新增“{one.name}”的全称", max_length=100, required=False, initial=one.full_name
            )

    @property
    def ledger_fields(self) -> Iterator[BoundField]:
        """The fields of the ledger itself, after its name."""
        return (self[name] for name in self.base_fields if name != "name")

    @property
    def name_rows(self) -> list[NameRow]:
        """The unknown names with their fields."""
        return [
            NameRow(one, self[f"choice_{place}"], self[f"short_{place}"], self[f"full_{place}"])
            for place, one in enumerate(self.unknown)
        ]

    def clean(self) -> dict[str, Any]:
        """The ledger ends after it starts; a new department has both names."""
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "台账结束日期不能早于开始日期。")
        for place, one in enumerate(self.unknown):
            if cleaned.get(f"choice_{place}") == "new":
                for name, word in ((f"short_{place}", "简称"), (f"full_{place}", "全称")):
                    if not cleaned.get(name) and name not in self.errors:
                        self.add_error(name, f"新增“{one.name}”须填写{word}。")
        return cleaned

    def choices(self) -> Choices:
        """What was decided, after `is_valid`."""
        return Choices(
            names={one.name: self._choice(place) for place, one in enumerate(self.unknown)},
            undated=self.cleaned_data["undated"],
            reporters=self.cleaned_data["reporters"],
        )

    def _choice(self, place: int) -> NameChoice:
        kind, _, key = self.cleaned_data[f"choice_{place}"].partition(":")
        match kind:
            case "department":
                return Existing(int(key))
            case "group":
                return ExistingGroup(int(key))
            case "counties":
                return NewGroup()
            case "leave":
                return LeftOut()
        return New(self.cleaned_data[f"short_{place}"], self.cleaned_data[f"full_{place}"])


def _options(one: Unmatched, roster: Roster) -> list[Option | tuple[str, list[Option]]]:
    """First what is likely, then what may be done, then every department and collective."""
    likely = [(f"department:{body.pk}", str(body)) for body in one.likely]
    acts = [("new", "新增为单位")]
    if one.is_collective and _has_counties(roster):
        acts.append(("counties", "新增为单位集合（全部县、市、区人民政府）"))
    if one.may_leave_out:
        acts.append(("leave", "不列入台账"))
    known = {body.pk for body in one.likely}
    rest = [(f"department:{pk}", str(body)) for pk, body in roster.departments.items() if pk not in known]
    groups = [(f"group:{pk}", str(body)) for pk, body in roster.groups.items()]
    named = [("可能是", likely), ("处理", acts), ("单位集合", groups), ("单位库", rest)]
    return [(title, options) for title, options in named if options]


def _first_choice(one: Unmatched, roster: Roster) -> str:
    """Nothing is chosen for a name that resembles a department: a person must look."""
    if one.is_collective and _has_counties(roster):
        return "counties"
    return "" if one.likely or one.is_collective else "new"


def _has_counties(roster: Roster) -> bool:
    """Whether a collective of county governments would have members."""
    return any(body.kind == body.Kind.LOCAL for body in roster.departments.values())
