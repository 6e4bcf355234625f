"""Fields and widgets that the look and the hands need and Django lacks."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sheets.values import NotADay, written_day

_SELECTED = SafeString(" selected")
Choice = tuple[str, str] | tuple[str, list[tuple[str, str]]]


class DayInput(forms.DateInput):
    """A date typed as text; with a script the browser's calendar stands at its end (static/js/fields.js).

    The browser's own date field speaks the browser's language, which need not be Chinese, and takes no date that
    is pasted from a paper.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"data-day": True, "placeholder": "年-月-日", "autocomplete": "off", **(attrs or {})}
        super().__init__(attrs=own, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date in any of the ways in which people write it: 2020-12-31, 2020.12.31, 2020年12月31日, 20201231."""

    widget = DayInput
    default_error_messages: ClassVar = {"required": "请填写日期。", "invalid": "请填写日期，如2020-12-31。"}

    def to_python(self, value: Any) -> date | None:
        """Read what was typed or pasted; full-width digits count."""
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return written_day(value) if value.strip() else None
        except NotADay:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class WholeNumberField(forms.IntegerField):
    """A whole number, typed as text.

    The browser's own number field counts with the wheel of the mouse: whoever types 85 and scrolls on would file
    84 and not see it. It takes no ８５ either.
    """

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The telephone shows its digits."""
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off"}


class PercentField(WholeNumberField):
    """完成进度: 0 to 100, with or without the sign; one sentence says whatever is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        faults = dict.fromkeys(("required", "invalid", "min_value", "max_value"), "请填0至100之间的整数。")
        super().__init__(min_value=0, max_value=100, error_messages=faults, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Read 85, ８５ and 85% alike."""
        return super().to_python(value.strip().rstrip("%％") if isinstance(value, str) else value)


class PlainInput(forms.TextInput):
    """A field of one line drawn without Django's template for it, for filters that stand on every list."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The input element; an empty value is left out, as Django does."""
        own = self.build_attrs(self.attrs, {"type": self.input_type, "name": name, **(attrs or {})})
        text = self.format_value(value)
        return format_html("<input{}>", flatatt(own if text is None else {**own, "value": text}))


class PlainHidden(PlainInput, forms.HiddenInput):
    """The same for what the page knows already."""

    input_type = "hidden"


class PlainSelect(forms.Select):
    """A list of choices drawn in one go: Django renders a template for every option, which a filter over
    sections and departments would pay for on each view of its page. No groups.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The select element with the chosen option marked."""
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        # "" takes a mark of safety away: a marked word equals the same word unmarked, and is not drawn for it.
        choices = tuple((str(key) + "", str(word) + "") for key, word in self.choices)
        return _drawn_select(flatatt(own), choices, "" if value is None else str(value))


def offer(form: forms.BaseForm, name: str, choices: Iterable[Choice]) -> None:
    """Set what a form of this moment offers in the field `name`; groups are pairs of a title and its choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no field of choices")
    field.choices = list(choices)


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Set which rows of a table the field `name` offers."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is no field of rows")
    field.queryset = rows


@lru_cache(maxsize=1024)
def _drawn_select(attributes: SafeString, choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """Drawn once for its words: a filter is the same on most views of its page."""
    drawn = [(key, _SELECTED if key == chosen else "", word) for key, word in choices]
    options = format_html_join("", '<option value="{}"{}>{}</option>', drawn)
    return format_html("<select{}>{}</select>", attributes, options)
