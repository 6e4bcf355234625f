"""Ids that an address or a form names: the caller's own invention until a row was found."""

from typing import Any

from django import forms

_DIGITS = 18  # what every database holds as an id; longer numbers are not even worth converting


def asked_id(text: str | None) -> int:
    """The number in a text; 0, which is no row's id, when there is none that a table could hold."""
    given = (text or "").strip()
    return int(given) if len(given) <= _DIGITS and given.isdecimal() else 0


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Several rows by their ids; one that no table holds is refused in words, where Django lets SQLite fail."""

    def clean(self, value: Any) -> Any:
        """The rows chosen."""
        for one in value or ():
            if len(str(one)) > _DIGITS:
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": ""})
        return super().clean(value)
