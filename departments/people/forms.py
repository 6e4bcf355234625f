"""Forms of people: one for each act; what may be chosen is what the person may settle."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from departments.face_forms import DayField
from departments.models import Department, Jurisdiction, Membership, Post, User
from departments.people.add import Contact
from departments.people.listing import BUSINESS_POSTS
from departments.permissions import grant_posts, settle_parts


class PeopleFilter(forms.Form):
    """筛选人员."""

    role = forms.ChoiceField(label="角色", required=False)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部状态"), ("active", "在用"), ("closed", "已停用")],
    )
    words = forms.CharField(
        label="姓名、用户名",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "姓名、用户名"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, str]] = []
        if settle_parts(user):
            choices += [(one.value, str(one.label)) for one in [*Membership.Role, *BUSINESS_POSTS]]
            self.fields["words"].label = "姓名、用户名、单位"
            self.fields["words"].widget.attrs["placeholder"] = "姓名、用户名、单位"
        if grant_posts(user):
            choices += [
                (one.value, str(one.label)) for one in Post.Role if (one.value, one.label) not in choices
            ]
        if choices:
            role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部角色"), *choices])
            self.fields["role"] = role
        else:
            del self.fields["role"]


class ContactForm(forms.Form):
    """姓名和办公联系方式."""

    full_name = forms.CharField(label="姓名", max_length=40)
    office_phone = forms.RegexField(
        r"^[0-9+\-—()（）转 ]*$",
        label="办公电话",
        required=False,
        max_length=30,
        error_messages={"invalid": "请填写办公电话，只用数字、“-”和“转”，如 0933-8200000转12。"},
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        error_messages={"invalid": "请填写完整的电子邮箱，如 name@example.gov.cn。"},
    )

    @property
    def contact(self) -> Contact:
        """After `is_valid`: what is kept besides the name."""
        return Contact(self.cleaned_data["office_phone"], self.cleaned_data["email"])


class AddForm(ContactForm):
    """新增人员: the office with a part, the system administrator without."""

    username = forms.CharField(
        label="用户名",
        max_length=40,
        validators=[UnicodeUsernameValidator(message="用户名只能由文字、字母、数字和 @ . + - _ 组成。")],
    )
    field_order = ("full_name", "username", "office_phone", "email", "department", "role", "jurisdiction")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settle_parts(user):
            self.fields["department"] = _department_field(user)
            self.fields["role"] = forms.ChoiceField(label="角色", choices=Membership.Role.choices)
        else:
            places = Jurisdiction.objects.filter(pk__in=user.scope.administers)
            only = places.first() if len(user.scope.administers) == 1 else None
            self.fields["jurisdiction"] = forms.ModelChoiceField(
                places,
                label="行政区域",
                initial=only,
                widget=forms.HiddenInput if only else forms.Select,
            )
        self.order_fields(self.field_order)

    def clean_username(self) -> str:
        """A name that differs from another only by capitals would be taken for it."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("这个用户名已有人使用，请换一个。")
        return username


class AppointForm(forms.Form):
    """安排任职."""

    role = forms.ChoiceField(label="角色", choices=Membership.Role.choices)
    since = DayField(label="自")
    until = DayField(label="至", required=False)
    field_order = ("department", "role", "since", "until")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = _department_field(user)
        self.order_fields(self.field_order)


class EndForm(forms.Form):
    """结束任职: without a day at once."""

    last_day = DayField(label="最后一天", required=False)


class DeputyForm(forms.Form):
    """安排代理."""

    since = DayField(label="自")
    until = DayField(label="至")
    field_order = ("deputy", "since", "until")

    def __init__(self, candidates: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"] = forms.ModelChoiceField(candidates, label="代理人", empty_label="请选择")
        self.order_fields(self.field_order)


class GrantForm(forms.Form):
    """授予岗位."""

    role = forms.ChoiceField(label="岗位", choices=[("", "请选择"), *Post.Role.choices])
    field_order = ("role", "jurisdiction")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Jurisdiction.objects.filter(pk__in=user.scope.secures)
        self.fields["jurisdiction"] = forms.ModelChoiceField(
            places, label="行政区域", initial=places.first(), empty_label=None
        )


def _department_field(user: User) -> forms.ModelChoiceField[Department]:
    bodies = Department.objects.filter(jurisdiction__in=user.scope.coordinates, active_until__isnull=True)
    return forms.ModelChoiceField(bodies, label="单位", empty_label="请选择")


def proposed_appointment(user: User, on: date, data: Any = None) -> AppointForm:
    """The form as it opens: from today, without an end."""
    return AppointForm(user, data, initial={"since": on})
