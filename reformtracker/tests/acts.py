"""Every act of the system as something that a test can do: prepared first, then done.

A maker takes a Stage and returns what does the act, so that preparing leaves its entries before the counting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import pyotp
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from audit.archive import archive_trail
from audit.models import Entry
from audit.seal import seal_day
from departments.bodies.add import NewBody, add_body
from departments.bodies.alias import add_alias, remove_alias
from departments.bodies.close import close
from departments.bodies.edit import BodyFacts, edit_body
from departments.bodies.group import add_group, edit_group
from departments.bodies.merge import merge as merge_bodies
from departments.bodies.place import add_place, rename_place
from departments.bodies.rename import rename
from departments.bodies.split import split as split_body
from departments.holidays.keep import add_holidays, remove_holiday
from departments.models import Department, DepartmentGroup, Jurisdiction, Membership, Post, User
from departments.people.add import Contact, add_member
from departments.people.appoint import appoint_person, end_membership
from departments.people.deputise import deputise
from departments.people.edit import edit_person
from departments.people.leave import leave, reopen
from departments.people.passwords import reset_password
from departments.people.posts import grant, revoke
from departments.signin import second_factor
from departments.tests.factories import (
    PASSWORD,
    make_department,
    make_head,
    make_jurisdiction,
    make_officer,
    make_reporter,
    make_user,
)
from documents.bulk import assign, leave_out, set_deadline, take_in
from documents.correct import FactsChange, TaskChange, add_task, correct, correct_facts, drop, lead_together
from documents.merge import merge
from documents.models import Draft
from documents.move import step
from documents.split import own_text, sentences, split
from documents.tests.factories import MORNING, draft_of, make_text_paper
from documents.undo import undo
from notices.models import Notice
from notices.read import read, resend
from notices.urge import urge
from notices.write import void_before_sending, write_due
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
    Closure,
    Contribution,
    Correction,
    Directive,
    Extension,
    Finding,
    Inspection,
    ProgressReport,
)
from progress.open_period import open_period
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
from progress.reopen_period import reopen_period
from progress.requests.ask_closure import ask_closure
from progress.requests.ask_extension import ask_extension
from progress.requests.decide import decide
from progress.requests.workflow import Act as RequestAct
from progress.review import accept, exempt, return_report
from progress.review import reopen as reopen_report
from progress.save import save
from progress.sign_off import send_back, sign
from progress.submit import submit, withdraw
from progress.tests.evidence import make_evidence, make_sent
from progress.tests.factories import at, make_period, make_report
from reports.draft_bulletin import draft_bulletin
from reports.issue import issue
from reports.models import Bulletin
from reports.save_bulletin import refresh_bulletin
from tasks.adopt import Choices, adopt
from tasks.models import Task
from tasks.reopen import reopen_task
from tasks.tests.factories import assign as take_part
from tasks.tests.factories import make_ledger, make_task
from timekeeping.models import Holiday

TODAY = date(2020, 12, 10)
NOW = at(TODAY)
CONTENT = ReportContent(text="已印发方案，正在组织实施。", said_percent=70, said_status="normal")
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
Do = Callable[[], object]
SignIn = Callable[[User], Client]


@dataclass
class Stage:
    """平凉市 with a department, its people, a ledger, a period and a paper."""

    sign_in: SignIn
    place: Jurisdiction = field(default_factory=make_jurisdiction)

    def __post_init__(self) -> None:
        self.body = make_department("市卫健委", self.place)
        self.other = make_department("市体育局", self.place)
        self.reporter, self.head = make_reporter(self.body), make_head(self.body)
        self.office = make_officer()
        self.ledger = make_ledger(jurisdiction=self.place)
        self.task = make_task(self.ledger, leads=(self.body,))

    def person(self, role: Post.Role) -> User:
        """Somebody with a post here."""
        return make_officer(role, full_name="冯凯")

    def report(self, state: str = "", **fields: object) -> ProgressReport:
        """The department's report of the running quarter, handed in when a state is named."""
        handed = (
            {"state": state, "submitted_on": date(2020, 12, 8), "written_by": self.reporter} if state else {}
        )
        return make_report(make_period(self.ledger), self.task, self.body, **(handed | fields))

    def draft(self) -> Draft:
        """A paper that was read and is not adopted yet."""
        return draft_of(make_text_paper())

    def bulletin(self) -> Bulletin:
        """The draft of a circular."""
        return draft_bulletin(self.ledger, make_period(self.ledger), by=self.office, on=TODAY)

    def notice(self, **fields: object) -> Notice:
        """A notice to the reporter."""
        period = make_period(self.ledger)
        return Notice.objects.create(
            recipient=self.reporter,
            kind="reminder",
            subject_type="progress.reportingperiod",
            subject_id=period.pk,
            occurrence=TODAY,
            period=period,
            jurisdiction=self.place,
            title="报送提醒",
            body="请报送。",
            link="/",
            **fields,
        )

    def get(self, user: User, address: str) -> Do:
        """Open an address to the end."""
        client = self.sign_in(user)
        return lambda: b"".join(client.get(address))

    def post(self, user: User, address: str, **data: object) -> Do:
        """Send a form."""
        client = self.sign_in(user)
        return lambda: client.post(address, data)


def report_act(stage: Stage, act: Callable[..., object], state: str, by: User, **given: object) -> Do:
    """A move of a report from a state."""
    report = stage.report(state)
    return partial(act, report, version=report.version, by=by, at=NOW, **given)


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


def urged(stage: Stage) -> Do:
    period = stage.report().period
    return partial(urge, period, [stage.body], text="请报送。", by=stage.office, on=TODAY, at=NOW)


def written(stage: Stage) -> Do:
    stage.report()
    return partial(write_due, date(2020, 12, 14), at(date(2020, 12, 14)))


def voided(stage: Stage) -> Do:
    stage.report()
    write_due(date(2020, 12, 14), at(date(2020, 12, 14)))
    ProgressReport.objects.update(state="exempt", exempt_reason="本季无任务")
    return partial(void_before_sending, date(2020, 12, 14), at(date(2020, 12, 14)))


def refreshed(stage: Stage) -> Do:
    bulletin = stage.bulletin()
    return partial(
        refresh_bulletin, bulletin, revision=bulletin.content["revision"], by=stage.office, on=TODAY
    )


def extended(stage: Stage) -> Do:
    report = stage.report()
    to = date(2020, 12, 18)
    return partial(
        extend_filing, [report], period=report.period, to=to, reason="数据未齐", by=stage.office, at=NOW
    )


def drafted(stage: Stage) -> Do:
    return partial(draft_bulletin, stage.ledger, make_period(stage.ledger), by=stage.office, on=TODAY)


def built(stage: Stage) -> Do:
    period, folder = stage.report().period, Path(mkdtemp())
    return partial(
        call_command, "build_bulletin", str(stage.ledger.pk), str(period.pk), output=folder / "a.docx"
    )


def part_ended(stage: Stage) -> Do:
    part = Membership.objects.get(user=stage.reporter)
    return partial(end_membership, part, last_day=TODAY, by=stage.office, on=TODAY)


def deputised(stage: Stage) -> Do:
    part = Membership.objects.get(user=stage.reporter)
    deputy = make_reporter(stage.other, "刘洋")
    until = TODAY + timedelta(days=5)
    return partial(deputise, part, deputy, since=TODAY, until=until, by=stage.office, on=TODAY)


def reopened_account(stage: Stage) -> Do:
    keeper = stage.person(Post.Role.SYSTEM_ADMIN)
    person = make_user("周敏", jurisdiction=stage.place, is_active=False)
    return partial(reopen, person, by=keeper)


def group(stage: Stage) -> DepartmentGroup:
    return add_group(stage.place, name="各单位", members=[stage.body], by=stage.office, on=TODAY)


def group_edited(stage: Stage) -> Do:
    made = group(stage)
    return partial(
        edit_group,
        made,
        name="各有关单位",
        members=[stage.body, stage.other],
        version=made.version,
        by=stage.office,
        on=TODAY,
    )


def body_act(stage: Stage, act: Callable[..., object], **given: object) -> Do:
    """A change of a department from today."""
    return partial(
        act,
        stage.other,
        since=TODAY,
        reason="机构改革",
        version=stage.other.version,
        by=stage.office,
        on=TODAY,
        **given,
    )


def merged_bodies(stage: Stage) -> Do:
    seen: list[tuple[Department, int]] = [(stage.other, stage.other.version)]
    return partial(
        merge_bodies, seen, into=stage.body, since=TODAY, reason="机构改革", by=stage.office, on=TODAY
    )


def archived(stage: Stage) -> Do:
    Entry.objects.create(at=at(date(2020, 1, 6)), actor_name="李静", act="ledger.export")
    seal_day(date(2020, 1, 6))
    return partial(archive_trail, Path(mkdtemp()), today=date(2021, 6, 1), months=12)


def sealed(stage: Stage) -> Do:
    return partial(seal_day, timezone.localdate() - timedelta(days=1))


def lead_doubted(stage: Stage) -> Do:
    """A task whose clause does not say who leads."""
    draft = stage.draft()
    draft.problems = [{"ref": draft.content["tasks"][1]["ref"], "message": "未写明牵头单位", "must": True}]
    draft.save()
    return partial(lead_together, draft, problems=[0], version=draft.version, by=stage.office)


def recovered(stage: Stage) -> Do:
    """A recovery code instead of the telephone's."""
    secret = second_factor.propose(stage.office)
    code = pyotp.TOTP(secret).at(NOW)
    (first, *_) = second_factor.turn_on(user=stage.office, code=code, at=NOW, keep=None)
    return partial(second_factor.check, user=stage.office, code=first, at=NOW)


def removed_alias(stage: Stage) -> Do:
    alias = add_alias(stage.body, "卫健局", by=stage.office, on=TODAY)
    return partial(remove_alias, alias, by=stage.office)


HALF = NewBody(name="平凉市体育中心", short_name="市体育中心")
NEW = NewBody(name="平凉市档案局", short_name="市档案局")
FACTS = FactsChange(title="重点任务", number="平医改〔2020〕1号", issuer="", issued_on=None)
ACTS: Mapping[str, Callable[[Stage], Do]] = {
    "audit.archive": archived,
    "audit.export": lambda s: s.get(s.person(Post.Role.AUDITOR), "/trail/trail.xlsx"),
    "audit.seal": sealed,
    "bulletin.build": built,
    "bulletin.download": lambda s: s.get(s.office, f"/bulletins/{s.bulletin().pk}/bulletin.docx"),
    "bulletin.draft": drafted,
    "bulletin.issue": lambda s: partial(issue, s.bulletin(), by=s.office, at=NOW),
    "bulletin.refresh": refreshed,
    "closure.ask": asked_closure,
    "closure.complete": lambda s: request_act(s, asked_closure, RequestAct.SIGN_CLOSURE, RequestAct.COMPLETE),
    "closure.return": lambda s: request_act(s, asked_closure, RequestAct.SIGN_CLOSURE, RequestAct.RETURN),
    "closure.send_back": lambda s: request_act(s, asked_closure, RequestAct.SEND_BACK_CLOSURE),
    "closure.sign": lambda s: request_act(s, asked_closure, RequestAct.SIGN_CLOSURE),
    "closure.terminate": lambda s: request_act(
        s, asked_closure, RequestAct.SIGN_CLOSURE, RequestAct.TERMINATE
    ),
    "closure.withdraw": lambda s: request_act(s, asked_closure, RequestAct.WITHDRAW_CLOSURE),
    "contribution.ask": asked_note,
    "contribution.cancel": cancelled_note,
    "contribution.give": given_note,
    "correction.ask": asked_correction,
    "correction.decline": declined_correction,
    "department.alias": lambda s: partial(add_alias, s.body, "卫健局", by=s.office, on=TODAY),
    "department.alias_removed": removed_alias,
    "department.close": lambda s: body_act(s, close),
    "department.create": lambda s: partial(add_body, s.place, NEW, on=TODAY, by=s.office),
    "department.edit": lambda s: partial(
        edit_body, s.other, BodyFacts("party", 9, True, None), version=s.other.version, by=s.office
    ),
    "department.merge": merged_bodies,
    "department.rename": lambda s: body_act(s, rename, name="平凉市文体局", short_name="市文体局"),
    "department.split": lambda s: body_act(s, split_body, parts=[NEW, HALF], main=None),
    "department_group.create": lambda s: partial(group, s),
    "department_group.edit": group_edited,
    "directive.answer": answered_directive,
    "directive.give": given_directive,
    "directive.strike": struck_directive,
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
    "evidence.add": lambda s: partial(add_evidence, s.report(), make_sent(), by=s.reporter, at=NOW),
    "evidence.download": lambda s: s.get(s.reporter, f"/evidence/{make_evidence(s.report()).pk}/"),
    "evidence.remove": lambda s: partial(
        remove_evidence, make_evidence(s.report(written_by=s.reporter)), by=s.reporter, at=NOW
    ),
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
    "holiday.add": lambda s: partial(
        add_holidays,
        first=date(2027, 10, 1),
        last=date(2027, 10, 7),
        is_workday=False,
        name="国庆节",
        source="国办发明电",
        by=s.office,
    ),
    "holiday.remove": lambda s: partial(remove_holiday, Holiday.objects.latest("day"), by=s.office),
    "inspection.add": inspected,
    "inspection.correct": corrected_inspection,
    "inspection.export": lambda s: s.get(s.office, f"/inspections/{inspected(s)().pk}/findings.xlsx"),
    "jurisdiction.add": lambda s: partial(
        add_place, s.place, code="620802", name="崆峒区", level="county", by=s.office
    ),
    "jurisdiction.rename": lambda s: partial(
        rename_place, s.place, name="平凉", seen="平凉市", reason="更正", by=s.office
    ),
    "ledger.export": lambda s: s.get(s.office, f"/ledgers/{s.ledger.pk}/ledger.xlsx"),
    "membership.appoint": lambda s: partial(
        appoint_person,
        s.reporter,
        department=s.other,
        role="reporter",
        since=TODAY,
        until=None,
        by=s.office,
        on=TODAY,
    ),
    "membership.deputise": deputised,
    "membership.end": part_ended,
    "notice.void": voided,
    "notice.read": lambda s: partial(read, s.notice(), by=s.reporter, at=NOW),
    "notice.resend": lambda s: partial(resend, s.notice(state="failed"), by=s.office),
    "notice.urge": urged,
    "notice.write": written,
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
    "post.grant": lambda s: partial(
        grant,
        s.reporter,
        jurisdiction=s.place,
        role="leader",
        by=s.person(Post.Role.SECURITY_ADMIN),
        on=TODAY,
    ),
    "post.revoke": lambda s: partial(
        revoke, s.person(Post.Role.LEADER).posts.get(), by=s.person(Post.Role.SECURITY_ADMIN)
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
    "task.reopen": reopened_task,
    "user.add": lambda s: partial(
        add_member, "zhou", "周敏", department=s.body, role="reporter", by=s.office
    ),
    "user.deactivate": lambda s: partial(
        leave,
        make_user("周敏", jurisdiction=s.place),
        successors={},
        by=s.person(Post.Role.SYSTEM_ADMIN),
        on=TODAY,
    ),
    "user.edit": lambda s: partial(
        edit_person, s.reporter, full_name="王小涛", contact=Contact(), by=s.office
    ),
    "user.reactivate": reopened_account,
    "user.recovery_code_used": recovered,
    "user.reset_password": lambda s: partial(reset_password, s.reporter, by=s.office),
    "user.sign_in": lambda s: partial(
        Client().post, "/signin/", {"username": s.reporter.username, "password": PASSWORD}
    ),
    "user.sign_out": lambda s: s.post(s.reporter, "/signout/"),
}
