"""What a person may reach: the answer behind every `visible_to(user)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """The places and departments a person works for, as sets of primary keys."""

    coordinates: frozenset[int] = frozenset()  # jurisdictions whose reform office the person belongs to
    leads: frozenset[int] = frozenset()  # jurisdictions the person reads as a leader
    administers: frozenset[int] = frozenset()  # jurisdictions whose accounts the person keeps
    reports_for: frozenset[int] = frozenset()  # departments as 填报员
    heads: frozenset[int] = frozenset()  # departments as 单位审核人
    employed_in: frozenset[int] = frozenset()  # jurisdictions of those departments

    @property
    def oversees(self) -> frozenset[int]:
        """Jurisdictions that the person sees whole: the office and the leaders."""
        return self.coordinates | self.leads

    @property
    def departments(self) -> frozenset[int]:
        """Departments that the person works for in any role."""
        return self.reports_for | self.heads

    @property
    def ledgers_of(self) -> frozenset[int]:
        """Jurisdictions whose ledgers the person may open."""
        return self.oversees | self.employed_in

    @property
    def jurisdictions(self) -> frozenset[int]:
        """All jurisdictions the person has anything to do with."""
        return self.ledgers_of | self.administers


def build_scope(posts: Iterable[tuple[str, int]], memberships: Iterable[tuple[str, int, int]]) -> Scope:
    """Sort (role, jurisdiction) and (role, department, its jurisdiction) into a Scope."""
    held, served = list(posts), list(memberships)
    return Scope(
        coordinates=frozenset(place for role, place in held if role == "coordinator"),
        leads=frozenset(place for role, place in held if role == "leader"),
        administers=frozenset(place for role, place in held if role == "system_admin"),
        reports_for=frozenset(body for role, body, _ in served if role == "reporter"),
        heads=frozenset(body for role, body, _ in served if role == "head"),
        employed_in=frozenset(place for _, _, place in served),
    )
