"""Forms of sign-in and password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from departments.models import User


def _password() -> forms.CharField:
    """The password that the person has now."""
    return forms.CharField(
        label="密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "form-control"}),
    )


class SignInForm(forms.Form):
    """登录."""

    username = forms.CharField(
        label="用户名",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "class": "form-control"}),
    )
    password = _password()


class CodeForm(forms.Form):
    """动态口令."""

    code = forms.CharField(
        label="动态口令",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "class": "form-control"}
        ),
    )


class OwnPasswordForm(forms.Form):
    """The person's password once more, before something that protects the account is taken off."""

    password = _password()


class ResetForm(forms.Form):
    """Why somebody's second factor is taken off."""

    reason = forms.CharField(
        label="理由",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


def _new_password(label: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "form-control"})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget)


class PasswordForm(forms.Form):
    """修改密码."""

    current = forms.CharField(
        label="现密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "form-control"}),
    )
    new = _new_password("新密码")
    again = _new_password("再输一次新密码")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_current(self) -> str:
        """The old password proves that it is still the same person."""
        current: str = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise forms.ValidationError("现密码不正确。")
        return current

    def clean_new(self) -> str:
        """The new one has to pass the password rules, and to be new."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        """Both entries of the new password agree."""
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次输入的新密码不一致。")
        return cleaned
