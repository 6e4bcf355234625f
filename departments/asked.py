"""Ids that an address or a form names: the caller's own invention until a row was found."""

_DIGITS = 18  # what every database holds as an id; longer numbers are not even worth converting


def asked_id(text: str | None) -> int:
    """The number in a text; 0, which is no row's id, when there is none that a table could hold."""
    given = (text or "").strip()
    return int(given) if len(given) <= _DIGITS and given.isdecimal() else 0
