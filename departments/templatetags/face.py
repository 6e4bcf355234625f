"""Template tags of the look: every room draws lights, meters, rates and form fields with these.

Each inclusion tag has its partial in `templates/partials/`; `docs/design.md` says when to use which.
The tags only lay out what a rule has decided: the words of a light or a state are never made here.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Protocol

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from departments.written import written

register = template.Library()

DASH = "—"
WEEKDAYS = "一二三四五六日"
STATE_TONES = {
    "submitted": "lead",
    "signed": "lead",
    "rectified": "lead",
    "returned": "warn",
    "late": "warn",
    "missing": "red",
}
NOTE_TONES = {"debug": "info", "info": "info", "success": "info", "warning": "warn", "error": "error"}

Number = int | float | Decimal


class LightLike(Protocol):
    """What the light rule returns."""

    @property
    def colour(self) -> str:
        """red, yellow, green, done, idle or stop."""

    @property
    def word(self) -> str:
        """What is read beside the shape."""

    @property
    def reasons(self) -> Sequence[str]:
        """Why, in sentences."""


# Dates and numbers


@register.filter
def iso(value: date | None) -> str:
    """2020-12-31, for tables; a dash when there is no date."""
    return f"{_day(value):%Y-%m-%d}" if value else DASH


@register.filter
def zh_date(value: date | None, near: date | str | None = None) -> str:
    """2020年12月31日, for sentences; 12月31日 when `near` is "short" or a date of the same year."""
    if not value:
        return DASH
    day = _day(value)
    short = near == "short" or (isinstance(near, date) and near.year == day.year)
    return f"{day.month}月{day.day}日" if short else f"{day.year}年{day.month}月{day.day}日"


@register.filter
def zh_time(value: datetime | None, near: date | str | None = None) -> str:
    """12月9日 16:20 in the office's time zone, the year as in `zh_date`."""
    return f"{zh_date(value, near)} {timezone.localtime(value):%H:%M}" if value else DASH


@register.filter
def clock(value: datetime | time | None) -> str:
    """10:42 in the office's time zone."""
    if not value:
        return DASH
    return f"{timezone.localtime(value) if isinstance(value, datetime) else value:%H:%M}"


@register.filter
def weekday(value: date) -> str:
    """The day of the week: 星期四."""
    return f"星期{WEEKDAYS[_day(value).weekday()]}"


@register.filter
def percent(value: Number | None, places: int | None = None) -> str:
    """88.6%: one decimal, half up, no trailing zero; with `places` exactly so many decimals."""
    if value is None:
        return DASH
    step = Decimal(1).scaleb(-1 if places is None else -places)
    rounded = Decimal(str(value)).quantize(step, ROUND_HALF_UP)
    return f"{_plain(rounded) if places is None else rounded}%"


@register.filter
def names(departments: Iterable[Any]) -> SafeString | str:
    """Short names joined by 、, each in its own span, so that a line never breaks inside a name."""
    return _joined(tuple(_name(one) for one in departments)) or DASH


@lru_cache(maxsize=4096)
def _joined(words: tuple[str, ...]) -> SafeString:
    joined = [(f"{word}、" if place < len(words) else word,) for place, word in enumerate(words, 1)]
    return format_html_join("", '<span class="rt-nowrap">{}</span>', joined)


def _day(value: date) -> date:
    """The day of a date, or of a moment in the office's time zone."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _name(department: Any) -> str:
    if isinstance(department, str):
        return department
    return str(getattr(department, "short_name", "") or getattr(department, "name", "") or department)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# Lights, states and figures


@register.simple_tag
def light(light: LightLike, reasons: bool = True) -> SafeString:
    """A light: shape, word and, unless `reasons` is off, the reasons below it."""
    return _drawn_light(str(light.colour), light.word, tuple(light.reasons) if reasons else ())


@lru_cache(maxsize=2048)
def _drawn_light(colour: str, word: str, reasons: tuple[str, ...]) -> SafeString:
    """Drawn once for each wording: a ledger page shows the same few lights dozens of times."""
    light = {"colour": colour, "word": word}
    return render_to_string("partials/light.html", {"light": light, "reasons": reasons})


@register.simple_tag
def light_count(colour: str, word: str, count: object) -> SafeString:
    """A number under its light's shape; the word is read out, for tables whose head already says it."""
    return format_html(
        '<span class="rt-light is-{}"><span class="visually-hidden">{} </span>{}</span>', colour, word, count
    )


@register.inclusion_tag("partials/status.html")
def status(state: str, word: str, meta: str = "") -> dict[str, str]:
    """A report's state: its code decides the tone, `word` is what is read, `meta` a line below."""
    return {"word": word, "tone": STATE_TONES.get(state, ""), "meta": meta}


@register.simple_tag
@lru_cache(maxsize=2048)
def meter(confirmed: Number | None, expected: Number | None = None, label: str = "") -> SafeString:
    """A bar for the confirmed percent with a stroke at the expected line; both are read out."""
    context = {
        "confirmed": _within(confirmed or 0),
        "expected": "" if expected is None else _within(expected),
        "label": label or _reading(confirmed, expected),
    }
    return render_to_string("partials/meter.html", context)


@register.inclusion_tag("partials/rate.html")
def rate(numerator: int, denominator: int) -> dict[str, object]:
    """Two numbers and their percentage; nothing owed has no percentage."""
    share = percent(Decimal(100 * numerator) / denominator, 1) if denominator else ""
    return {"numerator": numerator, "denominator": denominator, "share": share}


def _within(value: Number) -> str:
    """The number of a share of the width: 0 to 100, with a point whatever the locale."""
    return _plain(min(max(Decimal(str(value)), Decimal(0)), Decimal(100)))


def _reading(confirmed: Number | None, expected: Number | None) -> str:
    said = "尚未确认" if confirmed is None else f"确认{percent(confirmed)}"
    return said if expected is None else f"{said}，序时进度{percent(expected)}"


# Forms


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """Only the widget of a field, with the classes of the look and its errors announced."""
    attrs: dict[str, str | bool] = {}
    if classes := _classes(bound):
        attrs["class"] = classes
    if bound.use_fieldset and bound.aria_describedby:
        # Django leaves this to a fieldset; a file field is drawn without one.
        attrs["aria-describedby"] = bound.aria_describedby
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("partials/field.html")
def field(bound: BoundField, hint: str = "", suffix: str = "") -> dict[str, object]:
    """A whole field: label with its hint, widget with its unit, help, errors tied to the widget."""
    return {
        "bound": bound,
        "layout": f"partials/field_{_layout(bound)}.html",
        "several": isinstance(bound.field.widget, forms.CheckboxSelectMultiple),
        "hint": hint,
        "suffix": suffix,
        "error_id": f"{bound.auto_id}_error",
        "help_id": f"{bound.auto_id}_helptext",
    }


@register.inclusion_tag("partials/form_errors.html")
def form_errors(*given: forms.BaseForm) -> dict[str, object]:
    """The summary on top of forms: errors of a whole form always, fields when more than one is wrong."""
    wrong = [bound for form in given for bound in form if bound.errors]
    general = [text for form in given for text in form.non_field_errors()]
    links = [(bound.id_for_label or f"{bound.auto_id}_0", bound.label) for bound in wrong]
    count = len(wrong) + len(general)
    return {"count": count, "shown": bool(general) or count > 1, "general": general, "links": links}


def _layout(bound: BoundField) -> str:
    if bound.is_hidden:
        return "hidden"
    if isinstance(bound.field.widget, forms.RadioSelect):
        return "choices"
    return "check" if isinstance(bound.field.widget, forms.CheckboxInput) else "control"


def _classes(bound: BoundField) -> str:
    """The widget's own classes and those of the look, each once."""
    widget = bound.field.widget
    classes = str(widget.attrs.get("class", "")).split()
    if not isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.HiddenInput):
        classes.append("form-select" if isinstance(widget, forms.Select) else "form-control")
    if bound.errors:
        classes.append("is-invalid")
    return " ".join(dict.fromkeys(classes))


# Page furniture


@register.inclusion_tag("partials/breadcrumb.html")
def breadcrumb(*parts: object) -> dict[str, object]:
    """Where the page stands: label and address in turn; an empty address gives plain text, an empty label nothing."""
    pairs = [*parts, ""] if len(parts) % 2 else list(parts)
    return {"crumbs": [(label, url) for label, url in zip(pairs[::2], pairs[1::2], strict=True) if label]}


@register.filter
def note_tone(level: str) -> str:
    """The tone of a note for the level tag of a Django message."""
    return NOTE_TONES.get(level, "info")


@register.inclusion_tag("partials/written.html", takes_context=True)
def written_texts(context: dict[str, Any]) -> dict[str, object]:
    """The texts of a form that was refused; nothing where none was sent."""
    request = context.get("request")
    sent = request.POST.lists() if request else ()
    return {"texts": written((name, value) for name, values in sent for value in values)}
