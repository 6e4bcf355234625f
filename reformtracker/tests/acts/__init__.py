"""Every act of the system as something that a test can do: prepared first, then done.

A maker takes a Stage and returns what does the act, so that preparing leaves its entries before the counting.
"""

from collections.abc import Callable, Mapping

from reformtracker.tests.acts import accounts, bodies, drafts, matters, quarter, shown
from reformtracker.tests.acts.stage import Do, Stage

__all__ = ["ACTS", "Stage"]

_ROOMS = (accounts, bodies, drafts, matters, quarter, shown)
ACTS: Mapping[str, Callable[[Stage], Do]] = {
    name: maker for room in _ROOMS for name, maker in room.ACTS.items()
}
