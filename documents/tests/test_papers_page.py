"""文件: list, upload and download, by everybody who may and by everybody who may not."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from pytest_django import Settings

from audit.models import Entry
from departments.models import Post, User
from departments.tests.factories import (
    make_department,
    make_jurisdiction,
    make_officer,
    make_reporter,
)
from documents.forms import UploadForm
from documents.models import Draft, PolicyDocument
from documents.tests.factories import SMALL, draft_of, make_text_paper
from timekeeping.clock import day_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def stranger() -> User:
    return make_officer(jurisdiction=make_jurisdiction("620826", "静宁县", level="county"))


def test_it_lists_the_papers_with_their_state(sign_in: SignIn) -> None:
    paper = make_text_paper()
    page = sign_in(make_officer()).get(reverse("documents:list"))
    text = page.content.decode()
    assert page.status_code == 200
    assert paper.title in text
    assert "待核对" in text
    assert reverse("documents:upload") in text


def test_it_names_the_newer_version_of_a_paper(sign_in: SignIn) -> None:
    paper = make_text_paper()
    newer = make_text_paper(SMALL.replace("加强储备", "加强物资储备"), paper.jurisdiction, "新版.txt")
    PolicyDocument.objects.filter(pk=newer.pk).update(replaces=paper)
    text = sign_in(make_officer()).get(reverse("documents:list")).content.decode()
    assert f'已由<a href="{reverse("documents:review", args=[newer.pk])}">新版</a>更新' in text
    assert text.count("新版</a>更新") == 1


def test_it_shows_a_reporter_the_list_without_the_way_to_upload(sign_in: SignIn) -> None:
    paper = make_text_paper()
    text = sign_in(make_reporter(make_department())).get(reverse("documents:list")).content.decode()
    assert paper.title in text
    assert reverse("documents:upload") not in text
    assert f'href="{reverse("documents:review", args=[paper.pk])}"' not in text


def test_it_lists_nothing_of_another_place(sign_in: SignIn) -> None:
    paper = make_text_paper()
    text = sign_in(stranger()).get(reverse("documents:list")).content.decode()
    assert paper.title not in text
    assert "还没有文件" in text


def test_it_costs_the_same_for_two_papers_and_for_twenty(sign_in: SignIn) -> None:
    client = sign_in(make_officer())
    counts = []
    for serials in (range(2), range(2, 20)):
        for serial in serials:
            make_text_paper(f"{SMALL}{serial}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("documents:list"))
        counts.append(len(queries))
    assert PolicyDocument.objects.count() == 20
    assert counts[0] == counts[1]


def test_it_takes_an_upload_in_and_goes_on_to_the_review(sign_in: SignIn) -> None:
    officer = make_officer()
    client = sign_in(officer)
    response = client.post(
        reverse("documents:upload"), {"file": SimpleUploadedFile("任务.txt", SMALL.encode())}
    )
    paper = PolicyDocument.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("documents:review", args=[paper.pk])
    assert (paper.uploaded_by, paper.file_name) == (officer, "任务.txt")
    assert day_of(paper.uploaded_at).isoformat() == "2020-12-10"


def test_it_links_to_the_paper_that_is_already_there(sign_in: SignIn) -> None:
    paper = make_text_paper()
    response = sign_in(make_officer()).post(
        reverse("documents:upload"), {"file": SimpleUploadedFile("又一次.txt", SMALL.encode())}
    )
    assert response.status_code == 409
    assert reverse("documents:review", args=[paper.pk]) in response.content.decode()
    assert PolicyDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data"), [("坏.txt", b"\x00\x01\x02"), ("空.txt", b""), ("旧.doc", b"\xd0\xcf\x11\xe0" * 20)]
)
def test_it_says_beside_the_field_what_is_wrong_with_a_file(sign_in: SignIn, name: str, data: bytes) -> None:
    response = sign_in(make_officer()).post(
        reverse("documents:upload"), {"file": SimpleUploadedFile(name, data)}
    )
    assert response.status_code == 400
    assert 'class="invalid-feedback"' in response.content.decode()
    assert not PolicyDocument.objects.exists()


def test_it_refuses_a_file_over_the_limit(sign_in: SignIn, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_MB = 0
    response = sign_in(make_officer()).post(
        reverse("documents:upload"), {"file": SimpleUploadedFile("任务.txt", SMALL.encode())}
    )
    assert response.status_code == 400
    assert "文件超过0MB" in response.content.decode()
    assert not PolicyDocument.objects.exists()


def test_it_asks_a_coordinator_of_two_places_for_the_place(sign_in: SignIn) -> None:
    officer = make_officer()
    county = make_jurisdiction("620826", "静宁县", level="county")
    Post.objects.create(user=officer, jurisdiction=county, role=Post.Role.COORDINATOR)
    client = sign_in(officer)
    upload = reverse("documents:upload")
    without = client.post(upload, {"file": SimpleUploadedFile("任务.txt", SMALL.encode())})
    assert without.status_code == 400
    client.post(
        upload, {"file": SimpleUploadedFile("任务.txt", SMALL.encode()), "jurisdiction": str(county.pk)}
    )
    assert PolicyDocument.objects.get().jurisdiction == county


def test_it_refuses_a_place_that_is_not_the_coordinators(sign_in: SignIn) -> None:
    officer = make_officer()
    county = make_jurisdiction("620826", "静宁县", level="county")
    other = make_jurisdiction("620825", "庄浪县", level="county")
    Post.objects.create(user=officer, jurisdiction=county, role=Post.Role.COORDINATOR)
    response = sign_in(officer).post(
        reverse("documents:upload"),
        {"file": SimpleUploadedFile("任务.txt", SMALL.encode()), "jurisdiction": str(other.pk)},
    )
    assert response.status_code == 400
    assert not PolicyDocument.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_refuses_a_reporters_upload(sign_in: SignIn, method: str) -> None:
    client = sign_in(make_reporter(make_department()))
    response = getattr(client, method)(reverse("documents:upload"))
    assert response.status_code == 403
    assert "只有医改办的协调员可以上传文件" in response.content.decode()
    assert not PolicyDocument.objects.exists()


def test_it_sends_a_stranger_to_sign_in() -> None:
    response = Client().get(reverse("documents:list"))
    assert response.status_code == 302
    assert reverse("departments:signin") in response["Location"]


def test_it_hands_the_original_out_as_a_download(sign_in: SignIn) -> None:
    paper = make_text_paper(file_name='分工 <b>&".html.txt')
    reporter = make_reporter(make_department())
    response = sign_in(reporter).get(reverse("documents:original", args=[paper.pk]))
    assert b"".join(response.streaming_content) == SMALL.encode()  # type: ignore[attr-defined]  # a FileResponse
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    entry = Entry.objects.get(act="document.download")
    assert (entry.actor_id, entry.target_id) == (reporter.pk, paper.pk)


def test_it_asks_who_wants_the_original() -> None:
    response = Client().get(reverse("documents:original", args=[make_text_paper().pk]))
    assert response.status_code == 302
    assert not Entry.objects.filter(act="document.download").exists()


class Untouched(io.BytesIO):
    """A file that nobody may read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("the file was read")


def test_it_refuses_a_huge_file_before_it_is_read(settings: Settings) -> None:
    """What comes in lies on the disk from a few megabytes on, and its size is judged there."""
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE <= 5 * 1024 * 1024
    file = UploadedFile(Untouched(), "任务.docx", size=200 * 1024 * 1024)
    form = UploadForm(make_officer(), {}, MultiValueDict({"file": [file]}))
    assert form.errors["file"] == [f"文件超过{settings.UPLOAD_LIMIT_MB}MB。请去掉图片后另存，或只上传正文。"]


def test_it_hides_the_original_from_another_place(sign_in: SignIn) -> None:
    paper = make_text_paper()
    response = sign_in(stranger()).get(reverse("documents:original", args=[paper.pk]))
    assert response.status_code == 404
    assert not Entry.objects.filter(act="document.download").exists()


def test_it_escapes_the_title_and_the_file_name(sign_in: SignIn) -> None:
    paper = make_text_paper(file_name="=1+1<script>alert(1).txt")
    PolicyDocument.objects.filter(pk=paper.pk).update(title="<script>alert(2)</script>")
    client = sign_in(make_officer())
    for name, args in (("documents:list", []), ("documents:review", [paper.pk])):
        text = client.get(reverse(name, args=args)).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(2)" in text
    assert draft_of(paper).state == Draft.State.OPEN
