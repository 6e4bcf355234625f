"""The files beside reports as pages list them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from departments.models import User
from progress.evidence.judge import COUNT_LIMIT, limit_mb
from progress.evidence.kinds import ACCEPT
from progress.models import Closure, Evidence, ProgressReport


@dataclass(frozen=True)
class Shelf:
    """The files of one report or request, and what was wrong with those just sent."""

    files: tuple[Evidence, ...] = ()
    faults: tuple[str, ...] = ()

    limit = COUNT_LIMIT
    accept = ACCEPT

    @property
    def present(self) -> int:
        """How many are there now."""
        return sum(file.removed_at is None for file in self.files)

    @property
    def full(self) -> bool:
        """Whether no more are taken."""
        return self.present >= self.limit

    @property
    def pictures(self) -> list[Evidence]:
        """Those that a page can show in place."""
        return [file for file in self.files if file.is_picture and file.removed_at is None]

    @property
    def together_mb(self) -> int:
        """How much one choice may hold."""
        return int(settings.UPLOAD_LIMIT_MB)

    @property
    def limit_mb(self) -> int:
        """How large one file may be."""
        return limit_mb()


def shelves_of(user: User, reports: Iterable[ProgressReport]) -> dict[int, Shelf]:
    """The files beside each report that the person may see, by the report's number (one query)."""
    asked = [report.pk for report in reports]
    found: dict[int, list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.visible_to(user).on_record().filter(report__in=asked)
    for file in rows.select_related("added_by"):
        if file.report_id:
            found[file.report_id].append(file)
    return {key: Shelf(tuple(found[key])) for key in asked}


def shelf_of(user: User, owner: ProgressReport | Closure, faults: Iterable[str] = ()) -> Shelf:
    """The files beside one report or request."""
    mine = {"closure" if isinstance(owner, Closure) else "report": owner}
    rows = Evidence.objects.visible_to(user).on_record().filter(**mine)
    return Shelf(tuple(rows.select_related("added_by")), tuple(faults))
