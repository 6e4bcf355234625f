"""Fields drawn without Django's templates say the same as Django's own."""

from typing import Any

import pytest
from django import forms
from django.utils.safestring import SafeString
from lxml import html

from departments.face_forms import PlainHidden, PlainInput, PlainSelect

CHOICES = [("", "全部"), ("1", "市卫健委"), (2, "甲<乙")]


def read(widget: forms.Widget, value: Any) -> tuple[dict[str, str], list[tuple[dict[str, str], str]]]:
    drawn = html.fragment_fromstring(widget.render("name", value, {"id": "id_name", "required": True}))
    return dict(drawn.attrib), [(dict(one.attrib), one.text) for one in drawn]


@pytest.mark.parametrize("value", ["", None, '甲"<乙', 3])
def test_it_draws_inputs_as_django_does(value: Any) -> None:
    attrs = {"type": "search", "size": 14, "disabled": False}
    assert read(PlainInput(attrs), value) == read(forms.TextInput(attrs), value)
    assert read(PlainHidden(), value) == read(forms.HiddenInput(), value)


@pytest.mark.parametrize("value", ["", None, "1", 2, "none of these"])
def test_it_draws_lists_as_django_does(value: Any) -> None:
    assert read(PlainSelect(choices=CHOICES), value) == read(forms.Select(choices=CHOICES), value)


def test_it_does_not_take_a_word_for_safe_that_once_was() -> None:
    marked = PlainSelect(choices=[("1", SafeString("<b>甲</b>"))]).render("name", None)
    plain = PlainSelect(choices=[("1", "<b>甲</b>")]).render("name", None)
    assert "<b>" not in plain
    assert marked == plain


def test_it_stays_hidden() -> None:
    assert PlainHidden().is_hidden
    assert not PlainInput().is_hidden
