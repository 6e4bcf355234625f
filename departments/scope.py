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
    secures: frozenset[int] = frozenset()  # jurisdictions whose posts the person grants (安全管理员)
    audits: frozenset[int] = frozenset()  # jurisdictions whose trail the person reads (审计管理员)
    trees: frozenset[str] = frozenset()  # paths of provinces and cities that the person oversees
    reports_for: frozenset[int] = frozenset()  # departments as 填报员
    heads: frozenset[int] = frozenset()  # departments as 单位审核人
    employed_in: frozenset[int] = frozenset()  # jurisdictions of those departments
    stands_in: frozenset[tuple[str, int, str]] = (
        frozenset()
    )  # parts done as a deputy: role, department, whose

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
        return self.ledgers_of | self.administers | self.secures | self.audits

    @property
    def is_administrator(self) -> bool:
        """Whether the person is one of the three administrators, who see no business."""
        return bool(self.administers or self.secures or self.audits)

    def stands_in_for(self, role: str, department: int) -> str:
        """Whose part the person does as a deputy (代理) in a department; empty when it is their own."""
        return "、".join(
            sorted(name for one, body, name in self.stands_in if (one, body) == (role, department))
        )


def build_scope(
    posts: Iterable[tuple[str, int, str, str]], memberships: Iterable[tuple[str, int, int, str | None]]
) -> Scope:
    """Sort (role, jurisdiction, its path, its level) and (role, department, its jurisdiction, deputy of whom)."""
    granted, served = list(posts), list(memberships)
    held = [(role, place) for role, place, _, _ in granted]
    own = {(role, body) for role, body, _, principal in served if principal is None}
    return Scope(
        coordinates=frozenset(place for role, place in held if role == "coordinator"),
        leads=frozenset(place for role, place in held if role == "leader"),
        administers=frozenset(place for role, place in held if role == "system_admin"),
        secures=frozenset(place for role, place in held if role == "security_admin"),
        audits=frozenset(place for role, place in held if role == "auditor"),
        trees=frozenset(
            path
            for role, _, path, level in granted
            if role in ("coordinator", "leader") and level != "county"
        ),
        reports_for=frozenset(body for role, body, *_ in served if role == "reporter"),
        heads=frozenset(body for role, body, *_ in served if role == "head"),
        employed_in=frozenset(place for _, _, place, _ in served),
        stands_in=frozenset(
            (role, body, principal)
            for role, body, _, principal in served
            if principal is not None and (role, body) not in own
        ),
    )
