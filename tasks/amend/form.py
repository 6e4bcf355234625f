"""更新台账: the form beside the comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from departments.asked import asked_id
from departments.face_forms import PlainSelect
from tasks.amend.amend import Seen
from tasks.amend.compare import Comparison, Line, Pairs
from tasks.draft_form import DraftForm
from tasks.models import Task

_CHANGED = "对应关系已经改变，下面是重新比较的结果，请核对后再确认。"
_TWICE = "和别的任务对应了台账中的同一项任务，请改正。"


@dataclass(frozen=True)
class LineRow:
    """One task of the paper with the field that says which task of the ledger it is."""

    line: Line
    pair: BoundField


@dataclass(frozen=True)
class GoneRow:
    """A task that the paper no longer has, with the fields that end it; none for a closed one."""

    task: Task
    end: BoundField | None
    reason: BoundField | None


class AmendForm(DraftForm):
    """Which task is which, what becomes of those that are gone, and what every draft asks."""

    stamp = forms.CharField(widget=forms.HiddenInput)
    compared = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, comparison: Comparison, tasks: Sequence[Task], **kwargs: Any) -> None:
        super().__init__(*args, targets=comparison.new_targets, **kwargs)
        self.comparison = comparison
        options = [("", "新增"), *((task.pk, f"{task.ref} {task.title[:24]}") for task in tasks)]
        for line in comparison.lines:
            self.fields[f"pair_{line.one.index}"] = forms.ChoiceField(
                label=f"{line.one.ref}对应台账中的任务",
                choices=options,
                required=False,
                initial=line.task.pk if line.task else "",
                widget=PlainSelect(choices=options),
            )
        for task in self._open_gone():
            self.fields[f"end_{task.pk}"] = forms.BooleanField(label=f"终止{task.ref}", required=False)
            self.fields[f"reason_{task.pk}"] = forms.CharField(
                label=f"终止{task.ref}的理由", required=False, max_length=500
            )

    def _open_gone(self) -> list[Task]:
        return [task for task in self.comparison.gone if task.state == Task.State.OPEN]

    def rows(self, kind: str) -> list[LineRow]:
        """The lines of one kind with their fields."""
        return [LineRow(line, self[f"pair_{line.one.index}"]) for line in self.comparison.of_kind(kind)]

    @property
    def changed(self) -> list[LineRow]:
        """有变化."""
        return self.rows("changed")

    @property
    def new(self) -> list[LineRow]:
        """新增."""
        return self.rows("new")

    @property
    def same(self) -> list[LineRow]:
        """没有变化."""
        return self.rows("same")

    @property
    def gone_rows(self) -> list[GoneRow]:
        """文件中不再有的任务."""
        live = {task.pk for task in self._open_gone()}
        return [
            GoneRow(task, self[f"end_{task.pk}"], self[f"reason_{task.pk}"])
            if task.pk in live
            else GoneRow(task, None, None)
            for task in self.comparison.gone
        ]

    def clean(self) -> dict[str, Any]:
        """What is confirmed is what was compared; an ending has its reason."""
        cleaned = super().clean()
        pairs = {line.one.index: line.task.pk for line in self.comparison.lines if line.task}
        if cleaned.get("compared", "") != written(pairs):
            self.add_error(None, _CHANGED)
        for task in self._open_gone():
            if cleaned.get(f"end_{task.pk}") and not cleaned.get(f"reason_{task.pk}"):
                self.add_error(f"reason_{task.pk}", "终止须写明理由。")
        return cleaned

    def seen(self) -> Seen:
        """What was confirmed, after `is_valid`."""
        given = self.cleaned_data
        return Seen(
            stamp=given["stamp"],
            pairs={line.one.index: line.task.pk for line in self.comparison.lines if line.task},
            endings={
                task.pk: given[f"reason_{task.pk}"] for task in self._open_gone() if given[f"end_{task.pk}"]
            },
        )


def written(pairs: Pairs) -> str:
    """Which task is which, in one line: the page sends it back, so that a change after it is noticed."""
    return " ".join(f"{new}:{old}" for new, old in sorted(pairs.items()))


def read_pairs(
    data: Mapping[str, Any], indexes: Sequence[int], known: Sequence[int]
) -> tuple[dict[int, int], str]:
    """The pairs that a person chose, and what is wrong with them; a task chosen twice stays with the first."""
    pairs: dict[int, int] = {}
    wrong = ""
    for index in indexes:
        chosen = asked_id(data.get(f"pair_{index}"))
        if chosen not in known:
            continue
        if chosen in pairs.values():
            wrong = _TWICE
            continue
        pairs[index] = chosen
    return pairs, wrong
