"""What every form that turns a draft into tasks asks: unknown names and numbers to reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from departments.face_forms import PlainSelect
from departments.roster import Roster
from tasks.match import Existing, ExistingGroup, LeftOut, NameChoice, New, NewGroup, Unmatched
from tasks.measures import Key, Target
from tasks.models import Indicator

Option = tuple[str, str]
_SIGN = Indicator.Comparator
_NUMBER = "请填数字。"


@dataclass(frozen=True)
class NameRow:
    """One unknown name with its fields."""

    unknown: Unmatched
    choice: BoundField
    short_name: BoundField
    name: BoundField


@dataclass(frozen=True)
class TargetRow:
    """One number to reach with its fields."""

    target: Target
    take: BoundField
    name: BoundField
    comparator: BoundField
    low: BoundField
    high: BoundField
    unit: BoundField


class DraftForm(forms.Form):
    """Each of the `unknown` names adds a choice and two text fields, each of the `targets` a line of six."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        unknown: Sequence[Unmatched] = (),
        targets: Sequence[Target] = (),
        roster: Roster,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unknown, self.targets = unknown, targets
        for place, one in enumerate(unknown):
            self._add_name(place, one, roster)
        for target in targets:
            self._add_target(_place(target), target)

    def _add_name(self, place: int, one: Unmatched, roster: Roster) -> None:
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

    def _add_target(self, place: str, one: Target) -> None:
        where = f"{one.ref}“{one.name[:20]}”"
        self.fields[f"take_{place}"] = forms.BooleanField(label=f"列入{where}", required=False, initial=True)
        self.fields[f"indicator_{place}"] = forms.CharField(
            label=f"{where}的指标名称", max_length=200, required=False, initial=one.name
        )
        self.fields[f"comparator_{place}"] = forms.ChoiceField(
            label=f"{where}的要求", choices=_SIGN.choices, widget=PlainSelect, initial=one.comparator
        )
        for end, word, value in (("low", "下限", one.low), ("high", "上限", one.high)):
            self.fields[f"{end}_{place}"] = forms.DecimalField(
                label=f"{where}的{word}",
                required=False,
                max_digits=14,
                decimal_places=4,
                initial=_plain(value),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                error_messages=dict.fromkeys(("invalid", "max_digits", "max_whole_digits"), _NUMBER),
            )
        self.fields[f"unit_{place}"] = forms.CharField(
            label=f"{where}的单位", max_length=20, required=False, initial=one.unit
        )

    @property
    def name_rows(self) -> list[NameRow]:
        """The unknown names with their fields."""
        return [
            NameRow(one, self[f"choice_{place}"], self[f"short_{place}"], self[f"full_{place}"])
            for place, one in enumerate(self.unknown)
        ]

    @property
    def target_rows(self) -> list[TargetRow]:
        """The numbers to reach with their fields."""
        names = ("take", "indicator", "comparator", "low", "high", "unit")
        return [TargetRow(one, *(self[f"{name}_{_place(one)}"] for name in names)) for one in self.targets]

    def clean(self) -> dict[str, Any]:
        """A new department has both names; an indicator that is taken has its name and its bounds."""
        cleaned = super().clean() or {}
        for place, one in enumerate(self.unknown):
            if cleaned.get(f"choice_{place}") == "new":
                for name, word in ((f"short_{place}", "简称"), (f"full_{place}", "全称")):
                    if not cleaned.get(name) and name not in self.errors:
                        self.add_error(name, f"新增“{one.name}”须填写{word}。")
        for target in self.targets:
            self._check_target(_place(target), cleaned)
        return cleaned

    def _check_target(self, place: str, cleaned: dict[str, Any]) -> None:
        if not cleaned.get(f"take_{place}"):
            # What is not taken need not be right.
            for name in ("indicator", "comparator", "low", "high", "unit"):
                self.errors.pop(f"{name}_{place}", None)
            return
        if not cleaned.get(f"indicator_{place}") and f"indicator_{place}" not in self.errors:
            self.add_error(f"indicator_{place}", "请填写指标名称，不需要的请取消勾选。")
        for end in needed_bounds(cleaned.get(f"comparator_{place}", "")):
            if cleaned.get(f"{end}_{place}") is None and f"{end}_{place}" not in self.errors:
                self.add_error(f"{end}_{place}", f"请填写{'下限' if end == 'low' else '上限'}。")
        low, high = cleaned.get(f"low_{place}"), cleaned.get(f"high_{place}")
        between = cleaned.get(f"comparator_{place}") == _SIGN.BETWEEN
        if between and low is not None and high is not None and low > high:
            self.add_error(f"high_{place}", "上限不能小于下限。")

    def names(self) -> Mapping[str, NameChoice]:
        """What the unknown names mean, after `is_valid`."""
        return {one.name: self._choice(place) for place, one in enumerate(self.unknown)}

    def indicators(self) -> dict[Key, Target | None]:
        """The numbers to reach as put right, None for those struck out; after `is_valid`."""
        return {one.key: self._target(_place(one), one) for one in self.targets}

    def _target(self, place: str, one: Target) -> Target | None:
        given = self.cleaned_data
        if not given[f"take_{place}"]:
            return None
        comparator = given[f"comparator_{place}"]
        low, high = given[f"low_{place}"], given[f"high_{place}"]
        if comparator == _SIGN.EXACTLY:
            high = low
        elif comparator == _SIGN.AT_LEAST:
            high = None
        elif comparator == _SIGN.AT_MOST:
            low = None
        return replace(
            one,
            name=given[f"indicator_{place}"],
            unit=given[f"unit_{place}"],
            comparator=comparator,
            low=low,
            high=high,
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


def needed_bounds(comparator: str) -> tuple[str, ...]:
    """Which bounds a comparison needs."""
    return {_SIGN.AT_LEAST: ("low",), _SIGN.AT_MOST: ("high",), _SIGN.EXACTLY: ("low",)}.get(
        _SIGN(comparator) if comparator in _SIGN.values else _SIGN.BETWEEN, ("low", "high")
    )


def _place(target: Target) -> str:
    """How the fields of a target are told apart; it stays the same whichever others are shown."""
    return "{}_{}".format(*target.key)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


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
