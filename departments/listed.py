"""A department as a list shows it: far lighter than the row of the database, where hundreds are drawn."""

from typing import NamedTuple


class ListedDepartment(NamedTuple):
    """单位 with what tables say of it and order it by."""

    pk: int
    short_name: str
    position: int

    def __str__(self) -> str:
        return self.short_name
