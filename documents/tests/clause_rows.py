"""How a row of a table of clauses is written, and how it is held against what was read."""

from __future__ import annotations

from typing import NamedTuple

from documents.parsing import parse_clause

#: the year of the paper that the clauses are thought to stand in
YEAR = 2021


class Row(NamedTuple):
    """A clause and what a person reads in it.

    Names are set between ``|``; ``opened`` has L where the 负责 list and P where the 参与 list stays open;
    ``limit`` is kind, date (or -) and raw words: ``fixed 2021-12-31 年底前``.
    """

    clause: str
    mode: str | None
    leads: str = ""
    responsible: str = ""
    participants: str = ""
    opened: str = ""
    limit: str = "none - -"


def check(row: Row) -> None:
    """The clause is read as the row says, in every field that the command prints."""
    got = parse_clause(row.clause, year=YEAR).as_dict()
    limit = got["deadline"]
    assert row == Row(
        row.clause,
        got["mode"],
        "|".join(got["leads"]),
        "|".join(got["responsible"]),
        "|".join(got["participants"]),
        "L" * got["open_ended"]["leads"] + "P" * got["open_ended"]["participants"],
        f"{limit['kind']} {limit['date'] or '-'} {limit['raw'] or '-'}",
    )
