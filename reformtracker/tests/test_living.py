"""The living page: every part of the look, drawn together."""

from typing import Any

from django.test import RequestFactory

from departments.tests.drawing import whole
from reformtracker.design import LIGHTS, sample_context
from tasks.lights import WORDS


def living_page() -> Any:
    """The page as rendered, without the shell's own context."""
    return whole("design/living.html", **sample_context(), request=RequestFactory().get("/"))


def test_it_shows_every_light_in_the_words_of_the_rule() -> None:
    page = living_page()
    shown = {one.text for one in page.find_class("rt-light") if one.text}
    assert shown >= set(WORDS.values())
    assert {light.colour for light in LIGHTS} == {str(colour) for colour in WORDS}


def test_it_shows_a_form_right_and_wrong() -> None:
    page = living_page()
    assert len(page.find_class("is-invalid")) >= 3
    assert len(page.find_class("rt-note")) >= 8


def test_it_has_no_two_equal_ids() -> None:
    ids = living_page().xpath("//@id")
    assert len(ids) == len(set(ids))


def test_it_looks_the_same_every_time() -> None:
    assert living_page().text_content() == living_page().text_content()
