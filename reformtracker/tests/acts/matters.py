"""Acts on requests, directives, inspections and tasks."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from progress.models import (
    Closure,
    Directive,
    Extension,
    Finding,
    Inspection,
)
from progress.oversight.add_finding import add_finding
from progress.oversight.add_inspection import add_inspection, correct_inspection
from progress.oversight.answer_directive import answer_directive
from progress.oversight.give_directive import give_directive
from progress.oversight.rectify import rectify
from progress.oversight.rectify import withdraw as withdraw_finding
from progress.oversight.strike_directive import strike_directive
from progress.oversight.verify import cancel as cancel_finding
from progress.oversight.verify import close as close_finding
from progress.oversight.verify import return_finding
from progress.requests.ask_closure import ask_closure
from progress.requests.ask_extension import ask_extension
from progress.requests.decide import decide
from progress.requests.workflow import Act as RequestAct
from reformtracker.tests.acts.stage import NOW, TODAY, Do, Stage
from tasks.models import Task
from tasks.reopen import reopen_task
from tasks.tests.factories import make_task


def asked_extension(stage: Stage) -> Callable[[], Extension | Closure]:
    return partial(
        ask_extension,
        stage.task,
        department=stage.body,
        to=date(2021, 3, 31),
        percent=60,
        reason="招标流标一次。",
        by=stage.reporter,
        at=NOW,
    )


def asked_closure(stage: Stage) -> Callable[[], Extension | Closure]:
    return partial(
        ask_closure,
        stage.task,
        department=stage.body,
        result="已上线运行。",
        evidence="",
        by=stage.reporter,
        at=NOW,
    )


def request_act(
    stage: Stage, asking: Callable[[Stage], Callable[[], Extension | Closure]], *acts: RequestAct
) -> Do:
    """The last of some moves of a request, each by the one whose part it is."""
    stage.body.needs_sign_off = True
    stage.body.save()
    row = asking(stage)()
    people = {"sign": stage.head, "send_back": stage.head, "withdraw": stage.reporter}
    for act in acts[:-1]:
        by = people.get(act.partition(".")[2], stage.office)
        row = decide(row, act, version=row.version, note="请办理。", by=by, at=NOW)
    by = people.get(acts[-1].partition(".")[2], stage.office)
    return partial(decide, row, acts[-1], version=row.version, note="请办理。", by=by, at=NOW)


def given_directive(stage: Stage) -> Callable[[], Directive]:
    return partial(
        give_directive,
        stage.task,
        leader_name="赵副市长",
        given_on=TODAY,
        text="请抓紧办理。",
        by=stage.office,
        at=NOW,
    )


def answered_directive(stage: Stage) -> Do:
    row = given_directive(stage)()
    return partial(
        answer_directive, row, outcome="已交办。", outcome_on=TODAY, version=0, by=stage.office, at=NOW
    )


def struck_directive(stage: Stage) -> Do:
    row = given_directive(stage)()
    return partial(strike_directive, row, reason="录入有误。", version=0, by=stage.office, at=NOW)


def inspected(stage: Stage) -> Callable[[], Inspection]:
    return partial(
        add_inspection,
        stage.ledger,
        name="第四季度专项检查",
        inspected_on=TODAY,
        note="",
        by=stage.office,
        at=NOW,
    )


def corrected_inspection(stage: Stage) -> Do:
    return partial(
        correct_inspection,
        inspected(stage)(),
        name="年度专项检查",
        inspected_on=TODAY,
        note="",
        version=0,
        by=stage.office,
        at=NOW,
    )


def found(stage: Stage) -> Callable[[], Finding]:
    return partial(
        add_finding,
        inspected(stage)(),
        task=stage.task,
        department=stage.body,
        text="制度未落实。",
        rectify_by=date(2020, 12, 31),
        by=stage.office,
    )


def rectified(stage: Stage) -> Callable[[], Finding]:
    return partial(rectify, found(stage)(), text="已落实。", version=0, by=stage.reporter, at=NOW)


def returned_finding(stage: Stage) -> Do:
    return partial(
        return_finding,
        rectified(stage)(),
        reason="请补充。",
        rectify_by=date(2020, 12, 31),
        version=1,
        by=stage.office,
        at=NOW,
    )


def reopened_task(stage: Stage) -> Do:
    task = make_task(
        stage.ledger, state=Task.State.COMPLETED, closed_on=TODAY, closing_reason="经核实已完成。"
    )
    return partial(reopen_task, task, reason="数据不实", by=stage.office, on=TODAY)


ACTS: Mapping[str, Callable[[Stage], Do]] = {
    "closure.ask": asked_closure,
    "closure.complete": lambda s: request_act(s, asked_closure, RequestAct.SIGN_CLOSURE, RequestAct.COMPLETE),
    "closure.return": lambda s: request_act(s, asked_closure, RequestAct.SIGN_CLOSURE, RequestAct.RETURN),
    "closure.send_back": lambda s: request_act(s, asked_closure, RequestAct.SEND_BACK_CLOSURE),
    "closure.sign": lambda s: request_act(s, asked_closure, RequestAct.SIGN_CLOSURE),
    "closure.terminate": lambda s: request_act(
        s, asked_closure, RequestAct.SIGN_CLOSURE, RequestAct.TERMINATE
    ),
    "closure.withdraw": lambda s: request_act(s, asked_closure, RequestAct.WITHDRAW_CLOSURE),
    "directive.answer": answered_directive,
    "directive.give": given_directive,
    "directive.strike": struck_directive,
    "extension.ask": asked_extension,
    "extension.grant": lambda s: request_act(s, asked_extension, RequestAct.SIGN_EXTENSION, RequestAct.GRANT),
    "extension.refuse": lambda s: request_act(
        s, asked_extension, RequestAct.SIGN_EXTENSION, RequestAct.REFUSE
    ),
    "extension.send_back": lambda s: request_act(s, asked_extension, RequestAct.SEND_BACK_EXTENSION),
    "extension.sign": lambda s: request_act(s, asked_extension, RequestAct.SIGN_EXTENSION),
    "extension.withdraw": lambda s: request_act(s, asked_extension, RequestAct.WITHDRAW_EXTENSION),
    "finding.add": found,
    "finding.cancel": lambda s: partial(
        cancel_finding, found(s)(), reason="录入有误。", version=0, by=s.office, at=NOW
    ),
    "finding.close": lambda s: partial(
        close_finding, rectified(s)(), note="", version=1, by=s.office, at=NOW
    ),
    "finding.rectify": rectified,
    "finding.return": returned_finding,
    "finding.withdraw": lambda s: partial(withdraw_finding, rectified(s)(), version=1, by=s.reporter),
    "inspection.add": inspected,
    "inspection.correct": corrected_inspection,
    "inspection.export": lambda s: s.get(s.office, f"/inspections/{inspected(s)().pk}/findings.xlsx"),
    "task.reopen": reopened_task,
}
