"""Acts on periods and reports, and on what is added to them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from departments.models import User
from departments.tests.factories import (
    make_reporter,
)
from progress.close_period import close_periods
from progress.content import ReportContent
from progress.contributing.ask import ask
from progress.contributing.cancel import cancel
from progress.contributing.give import give
from progress.corrections.ask import ask_correction
from progress.corrections.decline import decline_correction
from progress.evidence.add import add as add_evidence
from progress.evidence.remove import remove as remove_evidence
from progress.extend_filing import extend_filing
from progress.models import (
    Contribution,
    Correction,
)
from progress.open_period import open_period
from progress.reopen_period import reopen_period
from progress.review import accept, exempt, return_report
from progress.review import reopen as reopen_report
from progress.save import save
from progress.sign_off import send_back, sign
from progress.submit import submit, withdraw
from progress.tests.evidence import make_evidence, make_sent
from progress.tests.factories import at, make_period
from reformtracker.tests.acts.stage import NOW, TODAY, Do, Stage
from tasks.tests.factories import assign as take_part

CONTENT = ReportContent(text="已印发方案，正在组织实施。", said_percent=70, said_status="normal")


def report_act(stage: Stage, act: Callable[..., object], state: str, by: User, **given: object) -> Do:
    """A move of a report from a state."""
    report = stage.report(state)
    return partial(act, report, version=report.version, by=by, at=NOW, **given)


def asked_note(stage: Stage) -> Callable[[], list[Contribution]]:
    take_part(stage.task, stage.other, "participant")
    due_on = TODAY + timedelta(days=2)
    return partial(
        ask, stage.report(), departments=[stage.other], due_on=due_on, request="", by=stage.reporter, at=NOW
    )


def given_note(stage: Stage) -> Do:
    (row,) = asked_note(stage)()
    by = make_reporter(stage.other, "许琴")
    return partial(give, row, text="已拨付资金200万元。", version=row.version, by=by, at=NOW)


def cancelled_note(stage: Stage) -> Do:
    (row,) = asked_note(stage)()
    return partial(cancel, row, by=stage.reporter)


def reopened_report(stage: Stage) -> Do:
    """An accepted report whose numbers have to be put right."""
    judged = {
        "reviewed_by": stage.office,
        "reviewed_at": NOW,
        "confirmed_percent": 70,
        "confirmed_status": "normal",
    }
    report = stage.report("accepted", **judged)
    return partial(reopen_report, report, version=report.version, reason="更正数据", by=stage.office, at=NOW)


def asked_correction(stage: Stage) -> Callable[[], Correction]:
    judged = {"reviewed_by": stage.office, "reviewed_at": NOW}
    report = stage.report("accepted", **judged)
    return partial(ask_correction, report, reason="数据有误。", by=stage.reporter, at=NOW)


def declined_correction(stage: Stage) -> Do:
    return partial(
        decline_correction, asked_correction(stage)(), reason="下季一并更正。", by=stage.office, at=NOW
    )


def opened(stage: Stage) -> Do:
    return partial(
        open_period,
        stage.ledger,
        kind="quarter",
        year=2020,
        number=4,
        name="2020年第四季度",
        opens_on=date(2020, 12, 1),
        due_on=date(2020, 12, 15),
        closes_on=date(2020, 12, 22),
        by=stage.office,
        at=NOW,
    )


def closed(stage: Stage) -> Do:
    stage.report()
    return partial(close_periods, date(2020, 12, 23))


def extended(stage: Stage) -> Do:
    report = stage.report()
    to = date(2020, 12, 18)
    return partial(
        extend_filing, [report], period=report.period, to=to, reason="数据未齐", by=stage.office, at=NOW
    )


ACTS: Mapping[str, Callable[[Stage], Do]] = {
    "contribution.ask": asked_note,
    "contribution.cancel": cancelled_note,
    "contribution.give": given_note,
    "correction.ask": asked_correction,
    "correction.decline": declined_correction,
    "evidence.add": lambda s: partial(add_evidence, s.report(), make_sent(), by=s.reporter, at=NOW),
    "evidence.download": lambda s: s.get(s.reporter, f"/evidence/{make_evidence(s.report()).pk}/"),
    "evidence.remove": lambda s: partial(
        remove_evidence, make_evidence(s.report(written_by=s.reporter)), by=s.reporter, at=NOW
    ),
    "period.close": closed,
    "period.export_sheet": lambda s: s.get(
        s.reporter, f"/periods/{s.report().period_id}/filing/{s.body.pk}.xlsx"
    ),
    "period.open": opened,
    "period.reopen": lambda s: partial(
        reopen_period,
        make_period(s.ledger, state="closed"),
        closes_on=date(2020, 12, 31),
        reason="系统停用两天",
        by=s.office,
        at=at(date(2020, 12, 24)),
    ),
    "report.accept": lambda s: report_act(
        s, accept, "signed", s.office, percent=70, status="normal", note=""
    ),
    "report.extend": extended,
    "report.exempt": lambda s: report_act(s, exempt, "", s.office, reason="本季无任务"),
    "report.reopen": lambda s: reopened_report(s),
    "report.return": lambda s: report_act(s, return_report, "signed", s.office, reason="请补充"),
    "report.save": lambda s: report_act(s, save, "", s.reporter, content=CONTENT),
    "report.send_back": lambda s: report_act(s, send_back, "submitted", s.head, reason="请补充"),
    "report.sign": lambda s: report_act(s, sign, "submitted", s.head),
    "report.submit": lambda s: report_act(s, submit, "", s.reporter, content=CONTENT),
    "report.withdraw": lambda s: report_act(s, withdraw, "submitted", s.reporter),
}
