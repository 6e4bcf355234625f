"""take_in: a paper comes in whole or not at all."""

import hashlib
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from pytest_django import Settings

from audit.models import Entry
from departments.files import plain_name
from departments.tests.factories import make_jurisdiction, make_officer
from documents.correct import drop
from documents.models import Draft, PolicyDocument
from documents.readers import UnreadableFile
from documents.tests.factories import MORNING, PAPERS, SMALL, draft_of, make_paper, make_text_paper
from documents.upload import AlreadyThere, take_in

pytestmark = pytest.mark.django_db


def test_it_keeps_the_file_and_opens_a_draft() -> None:
    officer = make_officer()
    document = make_paper(by=officer)
    assert (document.number, document.issued_on) == ("平政办发〔2020〕81号", date(2020, 10, 30))
    assert document.issuer == "平凉市人民政府办公室"
    assert document.based_on[0] == "国办发〔2020〕25号"
    original = (PAPERS / "pingliang.txt").read_bytes()
    with document.file.open("rb") as stored:
        assert stored.read() == original
    assert document.sha256 == hashlib.sha256(original).hexdigest()
    draft = draft_of(document)
    assert (draft.state, draft.version, len(draft.content["tasks"])) == ("open", 1, 25)
    assert "problems" not in draft.content
    assert draft.problems


def test_it_asks_about_a_paper_of_another_place() -> None:
    elsewhere = make_jurisdiction("500000", "重庆市")
    asked = [one for one in draft_of(make_paper(place=elsewhere)).problems if one["kind"] == "other_place"]
    assert [one["message"] for one in asked] == ["这是平凉市的文件，将列入重庆市的台账，请核对是否传错。"]
    assert not [one for one in draft_of(make_paper()).problems if one["kind"] == "other_place"]


def test_it_leaves_an_entry_in_the_trail() -> None:
    officer = make_officer()
    document = make_paper(by=officer)
    entry = Entry.objects.get(act="document.upload")
    assert (entry.actor_id, entry.target_id) == (officer.pk, document.pk)
    assert entry.after["tasks"] == 25


def test_it_stores_no_uploaded_name_on_the_disk() -> None:
    document = make_text_paper(file_name="../../etc/passwd\x00.txt")
    assert document.file.name == f"papers/{document.sha256[:2]}/{document.sha256}"
    assert document.file_name == "passwd.txt"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("=cmd|' /C calc'!A0.txt", "C calc'!A0.txt"),
        ("C:\\papers\\计划.docx", "计划.docx"),
        ("<img src=x>.txt", "<img src=x>.txt"),
        ("\n\x00", "未命名"),
        ("长" * 300 + ".txt", "长" * 196 + ".txt"),
    ],
)
def test_it_keeps_of_a_name_only_what_can_be_shown(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_it_takes_the_file_name_where_the_paper_has_no_title() -> None:
    document = make_text_paper("（一）落实首诊负责制。（市卫健委负责）\n", file_name="分工.txt")
    assert document.title


def test_it_refuses_the_same_file_twice_in_a_jurisdiction() -> None:
    first = make_text_paper()
    with pytest.raises(AlreadyThere) as there:
        make_text_paper(file_name="另一个名字.txt")
    assert there.value.document == first
    assert PolicyDocument.objects.count() == 1


def test_it_takes_the_same_file_in_elsewhere() -> None:
    first = make_text_paper()
    other = make_text_paper(place=make_jurisdiction("620826", "静宁县", level="county"))
    assert first.sha256 == other.sha256
    with other.file.open("rb") as stored:
        assert stored.read() == SMALL.encode()


def test_it_reads_a_paper_again_after_its_draft_was_given_up() -> None:
    officer = make_officer()
    document = make_text_paper()
    drop(draft_of(document), version=1, by=officer)
    again = make_text_paper()
    assert again == document
    assert [one.state for one in document.drafts.order_by("id")] == ["dropped", "open"]
    assert Entry.objects.filter(act="document.read_again").count() == 1


@pytest.mark.parametrize(("data", "name"), [(b"\x00\x01\x02", "a.txt"), (b"\xff\xfe\xfd\x00\xd8", "b.txt")])
def test_it_leaves_nothing_of_a_file_it_cannot_read(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile):
        take_in(data, name, jurisdiction=make_jurisdiction(), by=None, at=MORNING)
    assert not PolicyDocument.objects.exists()
    assert not Draft.objects.exists()
    assert not Entry.objects.exists()


def test_it_takes_a_file_in_once_when_two_send_it_at_once(committed_db: None, settings: Settings) -> None:
    place = make_jurisdiction()
    start = Barrier(3)
    outcomes: list[str] = []

    def send() -> None:
        try:
            start.wait(timeout=20)
            outcomes.append(f"new {make_text_paper(place=place).pk}")
        except AlreadyThere as there:
            outcomes.append(f"known {there.document.pk}")
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    document = PolicyDocument.objects.get()
    assert sorted(outcomes) == [f"known {document.pk}", f"known {document.pk}", f"new {document.pk}"]
    assert Draft.objects.count() == 1
    assert [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()] == [
        Path(document.file.path)
    ]
