"""文件: list, upload, the original file."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from audit.record import record
from departments.files import hand_out
from departments.middleware import person
from departments.permissions import require
from documents import permissions
from documents.forms import UploadForm
from documents.models import Draft, PolicyDocument
from documents.readers import UnreadableFile
from documents.upload import AlreadyThere, take_in
from timekeeping import clock

PAGE = 50


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """List the papers of the person's jurisdictions, the newest first, with what became of each."""
    user = person(request)
    drafts = Prefetch("drafts", Draft.objects.defer("content", "problems"))
    rows = PolicyDocument.objects.visible_to(user).defer("text").select_related("jurisdiction", "uploaded_by")
    newer = Prefetch("replaced_by", PolicyDocument.objects.only("pk", "title", "replaces"))
    page = Paginator(rows.prefetch_related(drafts, newer, "ledgers"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_upload": permissions.upload(user),
        "coordinates": user.scope.coordinates,
        "several_places": len(user.scope.ledgers_of) > 1,
    }
    return render(request, "documents/list.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a paper in and go on to its review."""
    user = person(request)
    require(permissions.upload(user))
    form = UploadForm(user, request.POST or None, request.FILES or None)
    known = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            document = take_in(
                file.read(), file.name, jurisdiction=form.jurisdiction, by=user, at=clock.now()
            )
        except UnreadableFile as problem:
            form.add_error("file", str(problem))
        except AlreadyThere as there:
            known = there.document
        else:
            messages.success(request, "文件已读入，请核对读入结果。")
            return redirect("documents:review", document.pk)
    status = 409 if known else 400 if form.is_bound else 200
    return render(request, "documents/upload.html", {"form": form, "known": known}, status=status)


@require_safe
def original(request: HttpRequest, document: int) -> FileResponse:
    """Hand out the file as it came, never shown inside the site; leaves an entry in the trail."""
    user = person(request)
    paper = get_object_or_404(PolicyDocument.objects.visible_to(user).defer("text"), pk=document)
    with transaction.atomic():
        record(
            "document.download",
            actor=user,
            target=paper,
            jurisdiction_id=paper.jurisdiction_id,
            after={"file_name": paper.file_name},
        )
    return hand_out(paper.file.open("rb"), paper.file_name, "application/octet-stream")
