"""Which ledger a person is working on: named by the page, else the one of last time, else the newest."""

from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from departments.middleware import person
from tasks.models import Ledger

_KEY = "current_ledger"


def ledger_or_404(request: HttpRequest, pk: int) -> Ledger:
    """The ledger a page names, if the person may open it; remembered for pages that name none."""
    ledgers = Ledger.objects.visible_to(person(request)).select_related("jurisdiction", "document")
    ledger = get_object_or_404(ledgers, pk=pk)
    remember(request, ledger)
    return ledger


def remember(request: HttpRequest, ledger: Ledger) -> None:
    """Make `ledger` the one that the navigation leads to; it was found visible in this request."""
    vars(request)[_KEY] = ledger
    if request.session.get(_KEY) != ledger.pk:
        request.session[_KEY] = ledger.pk


def current_ledger(request: HttpRequest) -> Ledger | None:
    """The ledger of last time if it is still visible, else the newest; None when there is none."""
    if found := vars(request).get(_KEY):
        return cast(Ledger, found)
    ledgers = Ledger.objects.visible_to(person(request)).select_related("jurisdiction", "document")
    return ledgers.filter(pk=request.session.get(_KEY, 0)).first() or ledgers.first()
