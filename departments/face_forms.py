"""Widgets that the look needs and Django lacks."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The browser's own date field; it wants ISO dates whatever the locale says."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
