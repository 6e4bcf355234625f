"""What no field of any form may be."""

from collections.abc import Iterator

from django import forms
from django.urls import get_resolver


def kinds(base: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    """Every class made from a class."""
    for one in base.__subclasses__():
        yield one
        yield from kinds(one)


def test_no_field_counts_with_the_wheel_of_the_mouse() -> None:
    assert get_resolver().url_patterns  # with the pages every form has been loaded
    rooms = [
        kind
        for kind in kinds(forms.BaseForm)
        if not kind.__module__.startswith(("django.", "rest_framework."))
    ]
    counting = [
        f"{kind.__qualname__}.{name}"
        for kind in rooms
        for name, field in getattr(kind, "base_fields", {}).items()
        if isinstance(field.widget, forms.NumberInput) and ".tests." not in kind.__module__
    ]
    assert len(rooms) > 50
    assert counting == []
