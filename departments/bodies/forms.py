"""Forms of departments, collectives and places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q

from departments.asked import SeveralField
from departments.bodies.add import NewBody
from departments.bodies.edit import BodyFacts
from departments.face_forms import DayField, PlainInput, PlainSelect, WholeNumberField, offer, offer_rows
from departments.models import Alias, Department, DepartmentGroup, Jurisdiction

STATES = [("", "在用单位"), ("ended", "已停用单位"), ("all", "全部单位")]
PARTS = 4  # new departments that one division may make
_SINCE_HELP = "新机构开始运行的日期，不能晚于今天。"
_LAST_POSITION = 100_000


class BodyFilter(forms.Form):
    """筛选单位; what makes no sense counts as not chosen."""

    place = forms.ChoiceField(label="行政区域", required=False, widget=PlainSelect)
    state = forms.ChoiceField(label="状态", choices=STATES, required=False, widget=PlainSelect)
    q = forms.CharField(
        label="名称",
        max_length=50,
        required=False,
        widget=PlainInput(
            attrs={"class": "form-control", "placeholder": "全称、简称或别名", "type": "search"}
        ),
    )

    def __init__(self, places: Iterable[Jurisdiction], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in places}
        choices = [(key, one.name) for key, one in self.places.items()]
        offer(self, "place", choices)
        if len(choices) < 2:
            del self.fields["place"]
        self.is_valid()

    @property
    def at(self) -> Jurisdiction | None:
        """The place whose departments are shown: the one chosen, else the first."""
        return self.places.get(self.cleaned_data.get("place") or "") or next(iter(self.places.values()), None)

    @property
    def chosen(self) -> bool:
        """Whether the list is narrowed."""
        return bool(self.cleaned_data.get("q") or self.cleaned_data.get("state"))

    def found(self, on: date) -> Any:
        """The departments that the choices leave."""
        bodies = Department.objects.filter(jurisdiction=self.at)
        match self.cleaned_data.get("state"):
            case "ended":
                bodies = bodies.ended(on)
            case "all":
                pass
            case _:
                bodies = bodies.exclude(active_until__lt=on)
        if words := self.cleaned_data.get("q"):
            own = Q(name__icontains=words) | Q(short_name__icontains=words)
            other = Q(aliases__text__icontains=words) | Q(former_names__name__icontains=words)
            bodies = bodies.filter(pk__in=Department.objects.filter(own | other).values("pk"))
        return bodies


class VersionedForm(forms.Form):
    """A form about a row as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, version: int) -> None:
        """Let what was typed be sent once more, now against the row as it stands."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or the test's dict
        self.data["version"] = str(version)  # type: ignore[index]  # a copy may be written


def _kind() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="类别", choices=Department.Kind.choices, initial=Department.Kind.GOVERNMENT
    )


def _name(label: str = "全称", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=100, required=required)


def _short_name(label: str = "简称", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=50, required=required)


def _position(*, required: bool = True) -> WholeNumberField:
    return WholeNumberField(
        label="机构序列",
        min_value=0,
        required=required,
        validators=[MaxValueValidator(_LAST_POSITION, f"机构序列应为0到{_LAST_POSITION}的整数。")],
        help_text="" if required else "数字小的排在前面；不填则排在最后。",
    )


class AddBodyForm(forms.Form):
    """增设单位."""

    name = _name()
    short_name = _short_name()
    kind = _kind()
    position = _position(required=False)
    needs_sign_off = forms.BooleanField(label="报送前须由单位审核人审签", required=False, initial=True)
    active_from = DayField(label="启用日期", required=False)

    def new(self) -> NewBody:
        """The department, after `is_valid`."""
        return NewBody(**self.cleaned_data)


class EditBodyForm(VersionedForm):
    """修改单位."""

    kind = _kind()
    position = _position()
    needs_sign_off = forms.BooleanField(label="报送前须由单位审核人审签", required=False)
    active_from = DayField(label="启用日期", required=False)

    def facts(self) -> BodyFacts:
        """What was entered, after `is_valid`."""
        return BodyFacts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


def _since(label: str) -> DayField:
    return DayField(label=label, help_text=_SINCE_HELP)


def _reason() -> forms.CharField:
    return forms.CharField(label="依据", max_length=200, help_text="如机构改革方案的文号。")


class RenameForm(VersionedForm):
    """单位更名."""

    name = _name("新全称")
    short_name = _short_name("新简称")
    since = DayField(label="更名日期", help_text="启用新名称的日期，不能晚于今天。")
    reason = _reason()


class CloseForm(VersionedForm):
    """撤销单位."""

    since = DayField(label="撤销日期", help_text="从这一天起不再使用，不能晚于今天。")
    reason = _reason()


class MergeForm(VersionedForm):
    """合并单位."""

    others = SeveralField(
        Department.objects.none(),
        label="一并合并的单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    into = forms.ModelChoiceField(
        Department.objects.none(),
        label="承接单位",
        required=False,
        empty_label="新设单位（填写下面的名称）",
        help_text="并入现有单位时在这里选择。",
    )
    name = _name("新单位全称", required=False)
    short_name = _short_name("新单位简称", required=False)
    kind = _kind()
    since = _since("生效日期")
    reason = _reason()

    def __init__(self, department: Department, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = Department.objects.filter(jurisdiction=department.jurisdiction_id, active_until__isnull=True)
        for name in ("others", "into"):
            offer_rows(self, name, beside.exclude(pk=department.pk))

    def clean(self) -> dict[str, Any]:
        """Either an existing department or the name of a new one."""
        cleaned = super().clean() or {}
        if not cleaned.get("into") and "into" in cleaned:
            for name, word in (("name", "全称"), ("short_name", "简称")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"请填写新单位的{word}，或在上面选择承接单位。")
        return cleaned

    def target(self) -> Department | NewBody:
        """Who follows, after `is_valid`."""
        chosen = self.cleaned_data
        existing: Department | None = chosen["into"]
        return existing or NewBody(chosen["name"], chosen["short_name"], chosen["kind"])


class SplitForm(VersionedForm):
    """分设单位: the names of the new departments, and who bears the old name."""

    since = _since("生效日期")
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PARTS + 1):
            self.fields[f"name{number}"] = _name(f"第{number}个单位全称", required=number < 3)
            self.fields[f"short_name{number}"] = _short_name(f"第{number}个单位简称", required=number < 3)
        self.fields["main"] = forms.TypedChoiceField(
            label="文件中仍写原名称时",
            coerce=int,
            empty_value=None,
            required=False,
            choices=[
                ("", "由医改办逐件确认"),
                *((number, f"由第{number + 1}个单位承办") for number in range(PARTS)),
            ],
        )
        self.order_fields(["version", *(name for name in self.fields if name[-1].isdigit()), "main"])

    def clean(self) -> dict[str, Any]:
        """A department has both names, and the one that bears the old name exists."""
        cleaned = super().clean() or {}
        for number in range(3, PARTS + 1):
            full, short = cleaned.get(f"name{number}"), cleaned.get(f"short_name{number}")
            if bool(full) != bool(short):
                self.add_error(
                    f"{'short_name' if full else 'name'}{number}", "全称和简称都要填写，或都不填。"
                )
        main = cleaned.get("main")
        if main is not None and not cleaned.get(f"name{main + 1}"):
            self.add_error("main", "所选的单位没有填写名称。")
        return cleaned

    def parts(self, kind: str) -> list[NewBody]:
        """The new departments, after `is_valid`; they are of the old one's kind."""
        names = [
            (self.cleaned_data[f"name{n}"], self.cleaned_data[f"short_name{n}"]) for n in range(1, PARTS + 1)
        ]
        return [NewBody(name, short_name, kind) for name, short_name in names if name]

    def main(self) -> int | None:
        """The place of the one that bears the old name; a gap before it does not count."""
        main: int | None = self.cleaned_data["main"]
        if main is None:
            return None
        return sum(bool(self.cleaned_data[f"name{number}"]) for number in range(1, main + 1))


class AliasForm(forms.Form):
    """添加别名."""

    text = forms.CharField(label="文件中的写法", max_length=100)


class DropAliasForm(forms.Form):
    """删除别名."""

    alias = forms.ModelChoiceField(Alias.objects.none())

    def __init__(self, department: Department, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Alias.objects.filter(department=department).select_related("department")
        offer_rows(self, "alias", own)


class GroupForm(forms.Form):
    """单位集合."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    name = forms.CharField(label="名称", max_length=60, help_text="如：各县（市、区）人民政府。")
    members = SeveralField(Department.objects.none(), label="成员单位", widget=forms.CheckboxSelectMultiple)
    renew = VersionedForm.renew

    def __init__(self, place: Jurisdiction, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Department.objects.filter(jurisdiction=place, active_until__isnull=True)
        offer_rows(self, "members", bodies)

    @classmethod
    def initial_of(cls, group: DepartmentGroup) -> dict[str, Any]:
        """What the form shows of a collective."""
        return {"version": group.version, "name": group.name, "members": list(group.members.all())}


class AddPlaceForm(forms.Form):
    """增设下级行政区域."""

    code = forms.CharField(
        label="行政区划代码",
        max_length=6,
        help_text="六位数字（国家标准代码）。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(label="名称", max_length=40)
    level = forms.ChoiceField(label="层级", choices=Jurisdiction.Level.choices)

    def __init__(self, upper: Jurisdiction, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = Jurisdiction.Level.choices
        below = levels[[value for value, _ in levels].index(upper.level) + 1 :]
        offer(self, "level", [(str(value), str(word)) for value, word in below])
        self.fields["level"].initial = below[0][0] if below else None


class RenamePlaceForm(forms.Form):
    """行政区域更名."""

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(label="新名称", max_length=40)
    reason = forms.CharField(label="依据", max_length=200, help_text="如批复的文号。")
