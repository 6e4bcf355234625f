"""归档: write sealed days that are older than the keeping time to a file, prove the file, then purge them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from audit.archive_file import SealedDay, Unreadable, read_file, sha256_of, write_file
from audit.models import Archive, Entry, Seal
from audit.purge import purge
from audit.record import record

# 网络安全法: logs are kept for at least six months; no setting goes below.
LEAST_DAYS = 180


class NotArchived(Exception):
    """Why nothing was archived, in Chinese; the trail is as it was."""


@dataclass(frozen=True)
class Portion:
    """The sealed days to be archived together; the first one covers the entries after `after_id`."""

    seals: Sequence[Seal]
    after_id: int

    @property
    def count(self) -> int:
        """How many entries were sealed in these days."""
        return sum(seal.count for seal in self.seals)


def keep_from(today: date, months: int) -> date:
    """The first day that must stay: `months` before `today`, and never less than LEAST_DAYS before."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    same_day = min(today.day, (first_of_next - timedelta(days=1)).day)
    return min(date(year, month + 1, same_day), today - timedelta(days=LEAST_DAYS))


def archive_trail(folder: Path, *, today: date, months: int) -> Archive | None:
    """Archive all sealed days before `keep_from(today, months)`; None when there are none.

    1. Only a whole run of days whose entries are all old enough is taken.
    2. The file is written, closed, read again, and every day in it must give its seal's digest.
    3. The rows are purged, and the archive is recorded ("audit.archive"), in one transaction.
    Raises NotArchived when the trail does not match its seals: evidence of tampering is not purged.
    """
    portion = _due(keep_from(today, months))
    if portion is None:
        return None
    first, last = portion.seals[0], portion.seals[-1]
    path = folder / f"audit-{first.day:%Y%m%d}-{last.day:%Y%m%d}.jsonl.gz"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    write_file(part, portion.seals, after_id=portion.after_id)
    _prove(part, portion.seals)
    os.replace(part, path)
    return _purge(portion, path)


def _due(horizon: date) -> Portion | None:
    done = Archive.objects.order_by("through_day").last()
    after_id = done.last_id if done else 0
    seals = Seal.objects.filter(day__lt=horizon).order_by("day")
    if done:
        seals = seals.filter(day__gt=done.through_day)
    # A clock that had been moved may have put a young entry among old ones: stop before it.
    young = Entry.objects.filter(at__gte=_start_of(horizon)).aggregate(first=Min("pk"))["first"]
    found = [seal for seal in seals if young is None or seal.last_id < young]
    return Portion(found, after_id) if found else None


def _prove(path: Path, seals: Sequence[Seal]) -> None:
    """The file on disk, read from its beginning, holds exactly what was sealed."""
    try:
        days = list(read_file(path))
    except Unreadable as problem:
        raise NotArchived("归档文件写入后无法读取，未清理任何记录。请检查磁盘空间后重试。") from problem
    wrong = [day.seal.day for day in days if not day.holds]
    if wrong:
        raise NotArchived(f"{wrong[0]} 的记录与封存摘要不符，未清理任何记录。请先运行 verify_audit 查明。")
    if [day.seal for day in days] != [SealedDay.of(seal) for seal in seals]:
        raise NotArchived("归档文件与封存记录不符，未清理任何记录。")


@transaction.atomic
def _purge(portion: Portion, path: Path) -> Archive:
    first, last = portion.seals[0], portion.seals[-1]
    archive = Archive.objects.create(
        from_day=first.day,
        through_day=last.day,
        last_id=last.last_id,
        count=portion.count,
        file_name=path.name,
        sha256=sha256_of(path),
        archived_at=timezone.now(),
    )
    purge(last_id=archive.last_id, count=archive.count)
    after = {
        "from_day": first.day.isoformat(),
        "through_day": last.day.isoformat(),
        "count": archive.count,
        "file_name": archive.file_name,
        "sha256": archive.sha256,
    }
    record("audit.archive", actor=None, target=archive, jurisdiction_id=None, after=after)
    return archive


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
