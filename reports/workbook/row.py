"""One task as a row of the printed ledger."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A task, every field ready to be read; None in a percentage means that nothing was said.

    `light_colour` is the value of the light's colour: red, yellow, green, done, idle or stop.
    """

    number: str
    title: str
    ref: str = ""
    basis: str = ""
    body: str = ""
    leads: str = ""
    responsible: str = ""
    participants: str = ""
    contact: str = ""
    original_due_on: date | None = None
    due_on: date | None = None
    due_text: str = ""
    progress: str = ""
    said_percent: Decimal | int | None = None
    confirmed_percent: Decimal | int | None = None
    light_word: str = ""
    light_colour: str = "idle"
    light_reasons: tuple[str, ...] = ()
    problems: str = ""
    next_steps: str = ""
    review_note: str = ""
    remark: str = ""
