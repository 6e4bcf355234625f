"""Small files of every kind, and files beside a report."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from departments.models import Department, User
from departments.tests.factories import make_reporter
from progress.evidence.judge import Sent, read
from progress.models import Evidence, ProgressReport, Revision
from progress.tests.cast import MORNING

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f"
    "0003860180500fa1e00000000049454e44ae426082"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20) + b"\xff\xd9"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def office(heart: str = "word/document.xml", **members: bytes) -> bytes:
    """An Office file with this heart; further members are named with __ for / and _dot_ for the dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(heart, b"<w/>")
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return content.getvalue()


def upload(name: str = "现场照片.png", data: bytes = PNG) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def make_sent(name: str = "现场照片.png", data: bytes = PNG) -> Sent:
    """A file that was judged."""
    return read(upload(name, data))


def make_evidence(
    report: ProgressReport, name: str = "现场照片.png", data: bytes = PNG, **fields: Any
) -> Evidence:
    """A file beside a report, stored without asking anybody."""
    sent = make_sent(name, data)
    row = Evidence(
        report=report,
        jurisdiction=report.jurisdiction,
        name=sent.name,
        size=len(data),
        sha256=sent.sha256,
        media_type=sent.kind.media_type,
        added_by=report.written_by or _anybody(report.department),
        added_at=MORNING,
    )
    for field, value in fields.items():
        setattr(row, field, value)
    row.file.save(sent.name, ContentFile(data), save=False)
    row.save(force_insert=True)
    return row


def make_handed_in(report: ProgressReport, **fields: Any) -> Evidence:
    """The same, and the report was handed in with it."""
    row = make_evidence(report, **fields)
    hand_in(report)
    return row


def hand_in(report: ProgressReport, **fields: Any) -> Revision:
    """What a submission leaves."""
    made = {
        "version": report.version,
        "act": "submit",
        "content": {},
        "by": report.written_by,
        "at": MORNING,
        **fields,
    }
    return Revision.objects.create(report=report, **made)


def _anybody(department: Department) -> User:
    found = User.objects.filter(memberships__department=department).first()
    return found or make_reporter(department, "周洁")
