"""What a report on the desk is compared with: what came back for revision, and what was confirmed before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from progress.content import ReportContent
from progress.diff import Comparison, compare
from progress.models import ProgressReport, Revision
from progress.workflow import Act

# What a reviewer has seen before. What a head sent back never reached the office.
SEEN_BY_OFFICE = (Act.RETURN, Act.ACCEPT)
SEEN_BY_HEAD = (*SEEN_BY_OFFICE, Act.SEND_BACK)


@dataclass(frozen=True)
class Against:
    """A report beside one earlier text of it."""

    title: str
    reason: str  # why it came back, when it did
    text: Comparison
    problems: Comparison
    next_steps: Comparison

    @property
    def changed(self) -> bool:
        """Whether anything reads differently."""
        return self.text.changed or self.problems.changed or self.next_steps.changed


def comparisons(
    report: ProgressReport, last: ProgressReport | None, seen: tuple[Act, ...] = SEEN_BY_OFFICE
) -> list[Against]:
    """With the version that came back, when there is one, then with what was confirmed last (one query)."""
    found = []
    if back := _came_back(report, seen):
        reopened = back.act == Act.ACCEPT
        title = "与重新开放前对比" if reopened else "与退回稿对比"
        reason = report.return_reason if reopened else back.note
        found.append(_against(report, title, reason, back.content))
    if last:
        found.append(_against(report, f"与{last.period}确认内容对比", "", ReportContent.of(last).as_dict()))
    return found


def _came_back(report: ProgressReport, seen: tuple[Act, ...]) -> Revision | None:
    """The version that was returned, or confirmed and opened again, the latest before the present one."""
    return report.revisions.filter(act__in=seen, version__lt=report.version).last()


def _against(report: ProgressReport, title: str, reason: str, old: Mapping[str, Any]) -> Against:
    return Against(
        title=title,
        reason=reason,
        text=compare(old["text"], report.text),
        problems=compare(old["problems"], report.problems),
        next_steps=compare(old["next_steps"], report.next_steps),
    )
