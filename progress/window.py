"""填报时间: how long a period leaves the departments, and whether the holidays of its years are known."""

from dataclasses import dataclass
from datetime import date

from progress.propose import SHORTEST_WINDOW, window
from timekeeping.workdays import unknown_years


@dataclass(frozen=True)
class Window:
    """What the office is told of the dates of a period before it opens it."""

    days: int
    unknown: tuple[int, ...]  # years that count Saturdays and Sundays only

    @property
    def short(self) -> bool:
        """Whether departments have fewer working days than practice holds to be fair."""
        return self.days < SHORTEST_WINDOW


def window_of(opens_on: date, due_on: date, closes_on: date) -> Window | None:
    """The window of three dates; None where they are out of order, of which the form tells."""
    if not opens_on <= due_on <= closes_on:
        return None
    return Window(window(opens_on, due_on), unknown_years(opens_on, closes_on))
