"""Draw a part of the look and read the result, as the tests of the templates do."""

from typing import Any

from django.template import engines
from django.template.loader import render_to_string
from lxml import html


def draw(source: str, **context: object) -> Any:
    """Template source with the tags of the look, rendered and read (an lxml element)."""
    text = engines["django"].from_string("{% load face %}" + source).render(context)
    return html.fragment_fromstring(text, create_parent="div")


def partial(name: str, **context: object) -> Any:
    """One partial, rendered and read."""
    return html.fragment_fromstring(render_to_string(f"partials/{name}.html", context), create_parent="div")


def whole(template: str, **context: object) -> Any:
    """A whole page, rendered without context processors and read."""
    return html.document_fromstring(render_to_string(template, context))


def words(element: Any) -> str:
    """The text of an element without the white space of its layout."""
    return "".join(element.text_content().split())
