"""A page with one form and one act: drawn, refused with the reason beside the field, or done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from departments.bodies.changing import NotPossible, Stale

AGAIN = "要用您填写的内容，请核对后再按一次。"


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    act: Callable[[], str],
    done: str,
    fresh: Callable[[], int] | None = None,
    **page: Any,
) -> HttpResponse:
    """Do `act` when the form is in order and go to the address that it returns; else show the form.

    `fresh` gives the row's present version, so that a person who was late loses nothing of what they typed.
    `page` is for the template: title, sub, crumbs, submit, back, note.
    """
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            target = act()
        except Stale as stale:
            form.add_error(None, f"{stale.reason}{AGAIN}" if fresh else stale.reason)
            status = 409
            if fresh:
                form.renew(fresh())  # type: ignore[attr-defined]  # whoever gives `fresh` has a version
        except NotPossible as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.reason)
        else:
            messages.success(request, done)
            return redirect(target)
    return render(request, "departments/body_form.html", {"form": form, **page}, status=status)
