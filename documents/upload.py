"""Taking a paper in: the file unchanged, what was read of it, and the trail, all or nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from audit.record import record
from departments.afresh import afresh
from departments.files import plain_name
from departments.models import Jurisdiction, User
from departments.permissions import require
from documents.bounded import Reading, read_and_parse
from documents.models import Draft, PolicyDocument
from documents.permissions import take_in as may_take_in
from documents.reading import iso_day

Json = dict[str, Any]


class AlreadyThere(Exception):
    """The same file was taken in before; `document` is that one."""

    def __init__(self, document: PolicyDocument) -> None:
        super().__init__(document.pk)
        self.document = document


def take_in(
    data: bytes, file_name: str, *, jurisdiction: Jurisdiction, by: User | None, at: datetime
) -> PolicyDocument:
    """Read a file, keep it, and open a draft of what was read.

    A file whose earlier draft was given up is read again into a new draft. Raises UnreadableFile
    (documents.readers) with a message for the person, and AlreadyThere; neither leaves anything behind.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = PolicyDocument.objects.filter(jurisdiction=jurisdiction, sha256=digest).first()
    if known and known.drafts.exclude(state=Draft.State.DROPPED).exists():
        raise AlreadyThere(known)
    reading = read_and_parse(data, file_name)
    if known:
        return _read_again(known, reading, by)
    document = _describe(reading, file_name)
    document.jurisdiction, document.uploaded_by, document.uploaded_at = jurisdiction, by, at
    document.sha256, document.size = digest, len(data)
    return _keep(document, data, reading, by)


def _describe(reading: Reading, file_name: str) -> PolicyDocument:
    """The paper's own facts, cut to what the columns hold; without a title its file's name stands in."""
    facts: Json = reading.draft["document"]
    name = plain_name(file_name)
    return PolicyDocument(
        title=(facts.get("title") or PurePosixPath(name).stem)[:200],
        number=(facts.get("document_number") or "")[:60],
        issuer=(facts.get("issuer") or "")[:100],
        issued_on=iso_day(facts.get("issued_on")),
        based_on=facts.get("parent_documents") or [],
        file_name=name,
        text=reading.text,
    )


def _keep(document: PolicyDocument, data: bytes, reading: Reading, by: User | None) -> PolicyDocument:
    kept = False
    try:
        with transaction.atomic():
            _ask(by, document)
            document.file.save(document.file_name, ContentFile(data), save=False)
            document.save(force_insert=True)
            _record("document.upload", document, _open_draft(document, reading), by)
        kept = True
    except IntegrityError:
        # Two uploads of one file at once: the constraint let one of them win.
        same = PolicyDocument.objects.filter(jurisdiction=document.jurisdiction, sha256=document.sha256)
        raise AlreadyThere(same.get()) from None
    finally:
        if document.file.name and not kept:
            document.file.storage.delete(document.file.name)
    return document


def _read_again(document: PolicyDocument, reading: Reading, by: User | None) -> PolicyDocument:
    try:
        with transaction.atomic():
            _ask(by, document)
            _record("document.read_again", document, _open_draft(document, reading), by)
    except IntegrityError:
        raise AlreadyThere(document) from None
    return document


def _ask(by: User | None, document: PolicyDocument) -> None:
    """Refuse who may no longer bring papers in there; the command line (None) is asked nothing."""
    if by:
        require(may_take_in(afresh(by), document.jurisdiction_id))


def _open_draft(document: PolicyDocument, reading: Reading) -> Draft:
    content = dict(reading.draft)
    problems = [*content.pop("problems"), *_of_another_place(content["document"], document.jurisdiction.name)]
    return Draft.objects.create(document=document, content=content, problems=problems)


def _of_another_place(facts: Json, place: str) -> list[Json]:
    """A question for the person when the paper says that it is another place's."""
    named = facts.get("jurisdiction")
    if not named or named == place:
        return []
    message = f"这是{named}的文件，将列入{place}的台账，请核对是否传错。"
    span = {"start": None, "end": None}
    return [
        {"ref": "", "field": "jurisdiction", "kind": "other_place", "message": message, "must": False, **span}
    ]


def _record(act: str, document: PolicyDocument, draft: Draft, by: User | None) -> None:
    after = {
        "file_name": document.file_name,
        "sha256": document.sha256,
        "tasks": len(draft.content["tasks"]),
        "problems": len(draft.problems),
    }
    record(act, actor=by, target=document, jurisdiction_id=document.jurisdiction_id, after=after)
