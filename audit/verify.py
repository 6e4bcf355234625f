"""核验: whether the trail is what was sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

from django.utils import timezone

from audit.archive_file import SealedDay, Unreadable, read_file, sha256_of
from audit.digest import Digest, line_of
from audit.models import Archive, Entry, Seal

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Finding:
    """One thing found: grave when something was changed, else a remark."""

    text: str
    grave: bool = True


@dataclass
class Verdict:
    """What a check went over, and what it found."""

    days: int = 0
    entries: int = 0
    archived: int = 0
    unsealed: int = 0
    last: Seal | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was tampered with."""
        return not any(one.grave for one in self.findings)


def verify_trail(*, archives: Path | None, noted: Mapping[date, str] | None = None) -> Verdict:
    """Go over the whole trail and its seals; reads only.

    `archives` is the folder of the archived files, None when they are kept elsewhere and cannot be read
    now. `noted` are digests that somebody wrote down outside the
    database: whoever can rewrite every row and every seal still cannot make these fit.
    """
    seals = list(Seal.objects.order_by("day"))
    gone = list(Archive.objects.order_by("through_day"))
    purged = gone[-1].last_id if gone else 0
    verdict = Verdict(days=len(seals), last=seals[-1] if seals else None)
    verdict.archived = sum(one.count for one in gone)
    verdict.findings += [
        *_chain(seals),
        *_noted(seals, noted or {}),
        *_archived(seals, gone, archives),
        *_slipped_in(purged),
    ]
    for before, seal in zip([None, *seals], seals, strict=False):
        if not gone or seal.day > gone[-1].through_day:
            verdict.findings += _contents(before, seal, verdict)
    verdict.findings += [*_announced(seals), *_unsealed(verdict)]
    return verdict


def _chain(seals: Sequence[Seal]) -> Iterator[Finding]:
    """Every day has its seal, and every seal names the one before."""
    if seals and seals[0].previous:
        yield Finding(f"{seals[0].day}：之前的封存记录缺失")
    for before, seal in pairwise(seals):
        if seal.day != before.day + _DAY:
            yield Finding(f"{before.day + _DAY} 至 {seal.day - _DAY}：封存记录缺失")
        if seal.previous != before.digest:
            yield Finding(f"{seal.day}：与 {before.day} 的封存摘要不衔接，其中一条封存记录被改动或移除")
        if seal.last_id < before.last_id:
            yield Finding(f"{seal.day}：封存范围早于前一日，封存记录被改动")


def _noted(seals: Sequence[Seal], noted: Mapping[date, str]) -> Iterator[Finding]:
    kept = {seal.day: seal.digest for seal in seals}
    for day, digest in noted.items():
        if kept.get(day) != digest:
            yield Finding(f"{day}：封存摘要与抄存的摘要不一致")


def _contents(before: Seal | None, seal: Seal, verdict: Verdict) -> Iterator[Finding]:
    """The entries of a seal are those that it was made of."""
    digest, late = Digest(seal.previous, seal.day), 0
    entries = Entry.objects.between(before.last_id if before else 0, seal.last_id)
    for entry in entries.iterator(chunk_size=2000):
        digest.add(line_of(entry))
        late += bool(before and entry.at < _end_of(before.day))
    verdict.entries += digest.count
    if digest.close(seal.last_id) != seal.digest:
        yield Finding(f"{seal.day}：{_difference(digest.count - seal.count)}")
    elif late:
        yield Finding(
            f"{seal.day}：有{late}条记录的时间早于前一次封存，封存前服务器时钟可能变动过", grave=False
        )


def _difference(more: int) -> str:
    if more:
        return f"{'多出' if more > 0 else '缺少'}{abs(more)}条记录"
    return "记录内容或封存摘要被改动"


def _announced(seals: Sequence[Seal]) -> Iterator[Finding]:
    """Every seal that was made left an entry; the seal must still be there."""
    kept = {(seal.pk, seal.digest) for seal in seals}
    for entry in Entry.objects.filter(act="audit.seal").order_by("pk").iterator(chunk_size=2000):
        if (entry.target_id, entry.after.get("digest")) not in kept:
            yield Finding(f"{entry.after.get('day')}：审计记录中有这一天的封存，封存记录已被移除或改动")


def _unsealed(verdict: Verdict) -> Iterator[Finding]:
    last = verdict.last
    waiting = Entry.objects.filter(pk__gt=last.last_id if last else 0)
    verdict.unsealed = waiting.count()
    if last and (late := waiting.filter(at__lt=_end_of(last.day)).count()):
        yield Finding(f"有{late}条未封存的记录时间在已封存的日期内：事后插入，或服务器时钟变动过")


def _slipped_in(purged: int) -> Iterator[Finding]:
    if more := Entry.objects.filter(pk__lte=purged).count():
        where = "在已归档的范围内" if purged else "小于1"
        yield Finding(f"有{more}条记录的编号{where}：事后插入")


def _archived(seals: Sequence[Seal], gone: Sequence[Archive], folder: Path | None) -> Iterator[Finding]:
    expected = seals[0].day if seals else None
    for archive in gone:
        days = [seal for seal in seals if archive.from_day <= seal.day <= archive.through_day]
        if archive.from_day != expected:
            yield Finding(f"{archive}：归档记录前后不衔接")
        expected = archive.through_day + _DAY
        if (
            sum(seal.count for seal in days) != archive.count
            or not days
            or days[-1].last_id != archive.last_id
        ):
            yield Finding(f"{archive}：归档记录与封存记录不一致")
        if folder:
            yield from _file(archive, days, folder / archive.file_name)
        else:
            yield Finding(f"{archive}：未核验归档文件 {archive.file_name}", grave=False)


def _file(archive: Archive, days: Sequence[Seal], path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding(f"{archive}：归档目录中没有 {path.name}")
        return
    if sha256_of(path) != archive.sha256:
        yield Finding(f"{archive}：归档文件 {path.name} 被改动")
        return
    try:
        read = list(read_file(path))
    except Unreadable:
        yield Finding(f"{archive}：归档文件 {path.name} 无法读取")
        return
    if not all(day.holds for day in read) or [day.seal for day in read] != [
        SealedDay.of(one) for one in days
    ]:
        yield Finding(f"{archive}：归档文件 {path.name} 与封存记录不一致")


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _DAY, time.min, timezone.get_default_timezone())
