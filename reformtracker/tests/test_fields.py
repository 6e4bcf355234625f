"""What no field of any form may be."""

from collections.abc import Iterator

from django import forms
from django.urls import get_resolver

from departments.face_forms import DayField


def kinds(base: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    """Every class made from a class."""
    for one in base.__subclasses__():
        yield one
        yield from kinds(one)


def fields() -> dict[str, forms.Field]:
    """Every field of every form of the rooms by its name."""
    assert get_resolver().url_patterns  # with the pages every form has been loaded
    rooms = [
        kind
        for kind in kinds(forms.BaseForm)
        if not kind.__module__.startswith(("django.", "rest_framework.")) and ".tests." not in kind.__module__
    ]
    assert len(rooms) > 50
    return {
        f"{kind.__qualname__}.{name}": field
        for kind in rooms
        for name, field in getattr(kind, "base_fields", {}).items()
    }


def test_no_field_counts_with_the_wheel_of_the_mouse() -> None:
    assert [name for name, field in fields().items() if isinstance(field.widget, forms.NumberInput)] == []


def test_no_date_is_read_in_one_spelling_only() -> None:
    strict = [
        name
        for name, field in fields().items()
        if isinstance(field, forms.DateField) and not isinstance(field, DayField)
    ]
    assert strict == []
