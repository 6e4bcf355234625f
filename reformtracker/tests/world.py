"""A small world with everything in it, for tests that walk over all pages."""

from dataclasses import dataclass
from datetime import date, datetime
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
from progress.models import ProgressReport, ReportingPeriod
from progress.tests.factories import make_period, make_report
from reports.draft_bulletin import draft_bulletin
from reports.models import Bulletin
from tasks.models import Ledger, Task
from tasks.tests.factories import make_ledger, make_task

MOMENT = datetime(2020, 11, 2, 9, 15, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class World:
    """One jurisdiction's objects and its people; `outsider` coordinates a sibling city."""

    jurisdiction: Jurisdiction
    department: Department
    group: DepartmentGroup
    document: PolicyDocument
    draft: Draft
    ledger: Ledger
    task: Task
    period: ReportingPeriod
    report: ProgressReport
    bulletin: Bulletin
    notice: Notice
    entry: Entry
    person: User
    membership: Membership
    post: Post
    people: dict[str, User]


def make_world() -> World:
    """Make the world; call it inside a test's transaction."""
    home, sibling = make_jurisdiction(), make_jurisdiction("130100", "石家庄市")
    department, bystander = make_department("市卫健委", home), make_department("市体育局", home)
    people = {
        "reporter": make_reporter(department),
        "bystander": make_reporter(bystander, "刘洋"),
        "head": make_head(department),
        "coordinator": make_officer(),
        "leader": make_officer(Post.Role.LEADER, full_name="赵兴国"),
        "administrator": make_officer(Post.Role.SYSTEM_ADMIN, full_name="冯凯"),
        "outsider": make_officer(jurisdiction=sibling, full_name="刘敏"),
    }
    document = _document(home)
    ledger = make_ledger(jurisdiction=home)
    task = make_task(ledger, leads=(department,))
    period = make_period(ledger)
    return World(
        jurisdiction=home,
        department=department,
        group=make_group("各有关单位", [department]),
        document=document,
        draft=Draft.objects.create(document=document, content=_content(), problems=[]),
        ledger=ledger,
        task=task,
        period=period,
        report=make_report(
            period, task, department, submitted_on=date(2020, 12, 8), written_by=people["reporter"]
        ),
        bulletin=draft_bulletin(ledger, period, by=people["coordinator"], on=date(2020, 12, 10)),
        notice=_notice(people["reporter"], period),
        entry=Entry.objects.latest("pk"),
        person=people["bystander"],
        membership=people["bystander"].memberships.get(),
        post=people["leader"].posts.get(),
        people=people,
    )


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
