"""What a person wrote into a form that was not taken up, so that a refusal loses no text."""

from collections.abc import Iterable

_LEAST = 4  # characters; what is shorter is soon written again


def written(fields: Iterable[tuple[str, str]]) -> list[str]:
    """The texts among the fields of a form, without its marks and numbers; never a password."""
    return [
        value
        for name, value in fields
        if len(value) >= _LEAST and not value.isascii() and "password" not in name
    ]
