"""What the pages that turn a draft into tasks begin with."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from departments.models import User
from departments.permissions import Refused, require
from documents.models import Draft, PolicyDocument
from tasks.permissions import adopt_draft


def open_draft(user: User, document: int) -> Draft:
    """The open draft of a paper that the person may adopt; refused in words when there is none any more."""
    papers = PolicyDocument.objects.visible_to(user).select_related("jurisdiction")
    paper = get_object_or_404(papers, pk=document)
    require(adopt_draft(user, paper))
    draft = paper.drafts.open().first()
    if draft is None:
        raise Refused("这份文件已经入账或已放弃，不能再次入账。")
    draft.document = paper
    return draft
