"""A small world with everything in it, for tests that walk over all pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from audit.models import Entry
from departments.models import Department, DepartmentGroup, Jurisdiction, Membership, Post, User
from departments.tests.factories import (
    make_department,
    make_group,
    make_head,
    make_jurisdiction,
    make_officer,
    make_reporter,
)
from documents.models import Draft, PolicyDocument
from notices.models import Notice
from progress.models import (
    Closure,
    Contribution,
    Correction,
    Directive,
    Evidence,
    Extension,
    Finding,
    Inspection,
    ProgressReport,
    ReportingPeriod,
)
from progress.tests.evidence import make_handed_in
from progress.tests.factories import make_period, make_report
from reports.draft_bulletin import draft_bulletin
from reports.models import Bulletin
from tasks.models import Ledger, Task
from tasks.tests.factories import make_ledger, make_task

MOMENT = datetime(2020, 11, 2, 9, 15, tzinfo=ZoneInfo("Asia/Shanghai"))

# A deadline that a coordinator may give its day.
_RELATIVE: dict[str, Any] = {
    "due_kind": Task.DueKind.RELATIVE,
    "due_on": None,
    "event": "省级文件印发",
    "offset_count": 1,
    "offset_unit": Task.OffsetUnit.MONTH,
}


@dataclass
class Objects:
    """One of each thing that an address can name, all of one jurisdiction; the attributes are called as there."""

    jurisdiction: Jurisdiction
    department: Department
    group: DepartmentGroup
    document: PolicyDocument
    draft: Draft
    ledger: Ledger
    task: Task
    period: ReportingPeriod
    report: ProgressReport
    extension: Extension
    closure: Closure
    correction: Correction
    directive: Directive
    contribution: Contribution
    evidence: Evidence
    inspection: Inspection
    finding: Finding
    bulletin: Bulletin
    notice: Notice
    entry: Entry
    person: User
    membership: Membership
    post: Post


@dataclass
class World(Objects):
    """A city's objects, the same of its sibling, and people of every role.

    The city lies between a province and a county; `people` are the city's own, but for the coordinators of
    the sibling, the province (upper) and the county (lower).
    """

    people: dict[str, User]
    elsewhere: Objects


def make_world() -> World:
    """Make the world; call it inside a test's transaction."""
    province = make_jurisdiction("620000", "甘肃省", level="province")
    home = make_jurisdiction("620800", "平凉市", parent=province)
    sibling = make_jurisdiction("620700", "张掖市", parent=province)
    county = make_jurisdiction("620826", "静宁县", level="county", parent=home)
    people = _people(home) | {
        "sibling": make_officer(jurisdiction=sibling, full_name="刘敏"),
        "upper": make_officer(jurisdiction=province, full_name="周岩"),
        "lower": make_officer(jurisdiction=county, full_name="马强"),
    }
    others = _people(sibling)
    return World(**vars(_objects(home, people)), people=people, elsewhere=_objects(sibling, others))


def _people(place: Jurisdiction) -> dict[str, User]:
    """A person of every role; the departments are one that leads, one that takes part and one that has no part."""
    leading, taking_part = make_department("市卫健委", place), make_department("市财政局", place)
    return {
        "reporter": make_reporter(leading),
        "participant": make_reporter(taking_part, "许琴"),
        "bystander": make_reporter(make_department("市体育局", place), "刘洋"),
        "head": make_head(leading),
        "coordinator": make_officer(jurisdiction=place),
        "leader": make_officer(Post.Role.LEADER, place, full_name="赵兴国"),
        "system_admin": make_officer(Post.Role.SYSTEM_ADMIN, place, full_name="冯凯"),
        "security_admin": make_officer(Post.Role.SECURITY_ADMIN, place, full_name="孙敏"),
        "auditor": make_officer(Post.Role.AUDITOR, place, full_name="何英"),
    }


def _objects(place: Jurisdiction, people: dict[str, User]) -> Objects:
    department = people["reporter"].memberships.get().department
    document, ledger = _document(place), make_ledger(jurisdiction=place)
    partner = people["participant"].memberships.get().department
    task = make_task(ledger, leads=(department,), participants=(partner,), **_RELATIVE)
    period = make_period(ledger)
    report = make_report(
        period, task, department, submitted_on=date(2020, 12, 8), written_by=people["reporter"]
    )
    return Objects(
        jurisdiction=place,
        department=department,
        group=make_group("各有关单位", [department]),
        document=document,
        draft=Draft.objects.create(document=document, content=_content(), problems=[]),
        ledger=ledger,
        task=task,
        period=period,
        report=report,
        evidence=make_handed_in(report),
        **_asked(report, people),
        **_found(report, people),
        bulletin=draft_bulletin(ledger, period, by=people["coordinator"], on=date(2020, 12, 10)),
        notice=_notice(people["reporter"], period),
        entry=Entry.objects.latest("pk"),
        person=people["bystander"],
        membership=people["bystander"].memberships.get(),
        post=people["leader"].posts.get(),
    )


def _asked(report: ProgressReport, people: dict[str, User]) -> dict[str, Any]:
    """What the leading department asks: of the office about its task and its report, and of the partner."""
    place, department = report.jurisdiction, report.department
    partner = people["participant"].memberships.get().department
    asked: dict[str, Any] = {"jurisdiction": place, "asked_by": people["reporter"], "asked_at": MOMENT}
    request = asked | {
        "task": report.task,
        "department": department,
        "department_name": department.name,
        "state": "signed",
    }
    return {
        "extension": Extension.objects.create(
            **request,
            from_due_on=date(2020, 12, 31),
            to_due_on=date(2021, 3, 31),
            percent=60,
            reason="流标。",
        ),
        "closure": Closure.objects.create(**request, result="已上线运行。"),
        "correction": Correction.objects.create(**asked, report=report, reason="数据有误。"),
        "contribution": Contribution.objects.create(
            **asked,
            report=report,
            department=partner,
            department_name=partner.name,
            due_on=date(2020, 12, 10),
        ),
    }


def _found(report: ProgressReport, people: dict[str, User]) -> dict[str, Any]:
    """What leaders and an inspection ask of the leading department."""
    place, department = report.jurisdiction, report.department
    entered: dict[str, Any] = {
        "jurisdiction": place,
        "entered_by": people["coordinator"],
        "entered_at": MOMENT,
    }
    inspection = Inspection.objects.create(
        **entered, ledger=report.task.ledger, name="专项检查", inspected_on=date(2020, 12, 1)
    )
    return {
        "directive": Directive.objects.create(
            **entered,
            task=report.task,
            leader_name="赵兴国",
            given_on=date(2020, 12, 8),
            text="请抓紧办理。",
        ),
        "inspection": inspection,
        "finding": Finding.objects.create(
            inspection=inspection,
            jurisdiction=place,
            task=report.task,
            department=department,
            department_name=department.name,
            text="制度未落实。",
            rectify_by=date(2020, 12, 31),
        ),
    }


def _document(jurisdiction: Jurisdiction) -> PolicyDocument:
    document = PolicyDocument(
        jurisdiction=jurisdiction,
        title="重点工作任务",
        file_name="任务.txt",
        size=3,
        sha256="0" * 64,
        text="正文",
        uploaded_at=MOMENT,
    )
    document.file.save("任务.txt", ContentFile(b"abc"), save=False)
    document.save()
    return document


def _content() -> dict[str, object]:
    task = {
        "ref": "（一）",
        "section": "一",
        "number": "（一）",
        "title": "完善监测",
        "body": "",
        "responsibility_raw": "市卫健委负责",
        "mode": "single",
        "leads": ["市卫健委"],
        "responsible": [],
        "participants": [],
        "open_ended": {"leads": False, "participants": False},
        "deadline": {"raw": None, "date": None, "kind": "none"},
        "in_text_dates": [],
        "targets": [],
        "spans": {},
    }
    return {
        "document": {"title": "重点工作任务"},
        "sections": [{"number": "一", "title": "建设"}],
        "tasks": [task],
    }


def _notice(recipient: User, period: ReportingPeriod) -> Notice:
    return Notice.objects.create(
        recipient=recipient,
        kind="reminder",
        subject_type="progress.reportingperiod",
        subject_id=period.pk,
        occurrence=date(2020, 12, 8),
        period=period,
        jurisdiction=period.jurisdiction,
        title="报送提醒",
        body="请报送。",
        link="/",
    )
