"""Which ledger a person is working on: named by the page, else the one of last time, else the newest."""

from typing import cast

from django.http import Http404, HttpRequest

from departments.middleware import person
from tasks.models import Ledger

_KEY = "current_ledger"
_OFFERED = "offered_ledgers"


def offered_ledgers(request: HttpRequest) -> list[Ledger]:
    """The ledgers that the person may open, the newest first; read once a request, for page and picker."""
    if _OFFERED not in vars(request):
        ledgers = Ledger.objects.visible_to(person(request)).select_related("jurisdiction", "document")
        vars(request)[_OFFERED] = list(ledgers.defer("document__text"))
    return cast(list[Ledger], vars(request)[_OFFERED])


def ledger_or_404(request: HttpRequest, pk: int) -> Ledger:
    """The ledger a page names, if the person may open it; remembered for pages that name none."""
    ledger = _find(offered_ledgers(request), pk)
    if ledger is None:
        raise Http404
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
    offered = offered_ledgers(request)
    return _find(offered, request.session.get(_KEY, 0)) or next(iter(offered), None)


def _find(ledgers: list[Ledger], pk: int) -> Ledger | None:
    return next((one for one in ledgers if one.pk == pk), None)
