"""What is answered when a page is refused, is not there, or meets a fault of ours."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import page_not_found, permission_denied

from departments.written import written
from reformtracker.navigation import leave_uncounted


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the reason, in a shell that counts nothing."""
    leave_uncounted(request)
    return permission_denied(request, exception)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, in a shell that counts nothing."""
    leave_uncounted(request)
    return page_not_found(request, exception)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer 500 in words, with the texts of the form that met the fault; asks no database and no session."""
    texts = written(_fields(request))
    return HttpResponse(render_to_string("500.html", {"texts": texts}), status=500)


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields as far as they were read; a form that could not be read at all has none."""
    try:
        return [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # whatever broke the request must not break its answer
        return []
