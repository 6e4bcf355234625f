"""Acts on papers and drafts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from departments.tests.factories import (
    make_department,
)
from documents.bulk import assign, leave_out, set_deadline, take_in
from documents.correct import FactsChange, TaskChange, add_task, correct, correct_facts, drop, lead_together
from documents.merge import merge
from documents.models import Draft
from documents.move import step
from documents.split import own_text, sentences, split
from documents.tests.factories import MORNING
from documents.undo import undo
from reformtracker.tests.acts.stage import Do, Stage
from tasks.adopt import Choices, adopt

TASK = TaskChange(
    title="完善监测",
    body="落实责任。",
    leads=("市卫健委",),
    responsible=(),
    participants=(),
    due_kind="fixed",
    due_text="11月底前",
    due_on=date(2020, 11, 30),
)
FACTS = FactsChange(title="重点任务", number="平医改〔2020〕1号", issuer="", issued_on=None)


def draft_act(stage: Stage, act: Callable[..., object], *args: object, **given: object) -> Do:
    """A change of a draft."""
    draft = stage.draft()
    return partial(act, draft, *args, version=draft.version, by=stage.office, **given)


def after(
    stage: Stage, act: Callable[..., Draft], args: Sequence[object], given: Mapping[str, object]
) -> Draft:
    """A draft after one change."""
    draft = stage.draft()
    return act(draft, *args, version=draft.version, by=stage.office, **given)


def halved(stage: Stage) -> Do:
    """A task of two sentences, divided between them."""
    body = "落实首诊负责制。健全报告制度。"
    draft = after(stage, correct, [0], {"change": replace(TASK, body=body)})
    (task, *_) = draft.content["tasks"]
    place = sentences(own_text(task))[-1][0]
    return partial(split, draft, 0, at=place, version=draft.version, by=stage.office)


def taken_in_again(stage: Stage) -> Do:
    draft = after(stage, leave_out, [[0]], {"reason": "不是任务"})
    return partial(take_in, draft, [0], version=draft.version, by=stage.office)


def undone(stage: Stage) -> Do:
    draft = after(stage, leave_out, [[0]], {"reason": "不是任务"})
    return partial(undo, draft, version=draft.version, by=stage.office)


def adopted(stage: Stage) -> Do:
    make_department("市财政局", stage.place)
    return partial(
        adopt,
        stage.draft(),
        name="2020年任务",
        year=2020,
        starts_on=date(2020, 7, 1),
        ends_on=date(2020, 12, 31),
        by=stage.office,
        at=MORNING,
        choices=Choices(),
    )


def lead_doubted(stage: Stage) -> Do:
    """A task whose clause does not say who leads."""
    draft = stage.draft()
    draft.problems = [{"ref": draft.content["tasks"][1]["ref"], "message": "未写明牵头单位", "must": True}]
    draft.save()
    return partial(lead_together, draft, problems=[0], version=draft.version, by=stage.office)


ACTS: Mapping[str, Callable[[Stage], Do]] = {
    "document.correct": lambda s: draft_act(s, correct_facts, change=FACTS),
    "draft.add_task": lambda s: draft_act(s, add_task, section="一", number="（三）", change=TASK),
    "draft.adopt": adopted,
    "draft.assign": lambda s: draft_act(s, assign, [0, 1], role="leads", names=["市财政局"], replace=True),
    "draft.correct": lambda s: draft_act(s, correct, 0, change=TASK),
    "draft.drop": lambda s: draft_act(s, drop),
    "draft.export_json": lambda s: s.get(s.office, f"/documents/{s.draft().document_id}/draft.json"),
    "draft.export_sheet": lambda s: s.get(s.office, f"/documents/{s.draft().document_id}/draft.xlsx"),
    "draft.leave_out": lambda s: draft_act(s, leave_out, [0], reason="不是任务"),
    "draft.merge": lambda s: draft_act(s, merge, [0, 1], into=0),
    "draft.move": lambda s: draft_act(s, step, 1, up=True),
    "draft.set_deadline": lambda s: draft_act(
        s, set_deadline, [0, 1], kind="fixed", text="12月底前", on=date(2020, 12, 31)
    ),
    "draft.split": lambda s: halved(s),
    "draft.take_in": taken_in_again,
    "draft.undo": undone,
    "draft.lead_together": lead_doubted,
}
