"""人员: the list, a new account, one person, the account's own acts."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments import permissions
from departments.middleware import person
from departments.models import User
from departments.people.add import add_bare, add_member
from departments.people.edit import edit_person
from departments.people.forms import AddForm, ContactForm, PeopleFilter
from departments.people.hold import NotPossible
from departments.people.leave import reopen
from departments.people.listing import listed
from departments.people.passwords import reset_password
from departments.people.shown import person_or_404
from departments.permissions import require
from departments.views.person_page import person_page
from timekeeping import clock

PAGE = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people of the person's places, each hand with its own columns."""
    user = person(request)
    require(permissions.list_people(user))
    form = PeopleFilter(user, request.GET)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    page = Paginator(listed(user, **chosen, on=clock.today()), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "filtered": bool(chosen),
        "may_add": permissions.add_account(user),
        "settles": permissions.settle_parts(user),
        "grants": permissions.grant_posts(user),
        "several_places": len(user.scope.secures) > 1,
    }
    return render(request, "departments/people.html", context)


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown on the answer and nowhere else."""
    user = person(request)
    require(permissions.add_account(user))
    form = AddForm(user, request.POST or None)
    if form.is_valid():
        try:
            made = _add(form, user)
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            return _first_passwords(request, [made])
    status = 400 if form.is_bound else 200
    return render(request, "departments/person_add.html", {"form": form}, status=status)


@require_safe
def one_person(request: HttpRequest, person: int) -> HttpResponse:
    """Show a person as far as the reader settles something of theirs."""
    return person_page(request, person_or_404(request, person))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, person: int) -> HttpResponse:
    """Correct the name and the office contact."""
    found = person_or_404(request, person)
    require(permissions.keep_account(_user(request), found))
    now = {"full_name": found.full_name, "office_phone": found.office_phone, "email": found.email}
    form = ContactForm(request.POST or None, initial=now)
    if form.is_valid():
        name = form.cleaned_data["full_name"]
        edit_person(found, full_name=name, contact=form.contact, by=_user(request))
        messages.success(request, "已保存。")
        return redirect("departments:person", found.pk)
    context = {"person": found, "form": form}
    return render(request, "departments/person_edit.html", context, status=400 if form.is_bound else 200)


@require_POST
def new_password(request: HttpRequest, person: int) -> HttpResponse:
    """Give a new first password, shown on the answer and nowhere else."""
    found = person_or_404(request, person)
    try:
        password = reset_password(found, by=_user(request))
    except NotPossible as refused:
        messages.warning(request, refused.reason)
        return redirect("departments:person", found.pk)
    return _first_passwords(request, [(found, password)])


@require_POST
def reactivate(request: HttpRequest, person: int) -> HttpResponse:
    """Take a closed account into use again, with a new first password and without rights."""
    found = person_or_404(request, person)
    try:
        reopen(found, by=_user(request))
    except NotPossible as refused:
        messages.warning(request, refused.reason)
        return redirect("departments:person", found.pk)
    return _first_passwords(request, [(found, reset_password(found, by=_user(request)))])


def _user(request: HttpRequest) -> User:
    return person(request)


def _add(form: AddForm, by: User) -> tuple[User, str]:
    given: dict[str, Any] = dict(form.cleaned_data)
    who = (given["username"], given["full_name"])
    if "department" not in given:
        return add_bare(*who, jurisdiction=given["jurisdiction"], contact=form.contact, by=by)
    part = {"department": given["department"], "role": given["role"]}
    return add_member(*who, **part, contact=form.contact, since=clock.today(), by=by)


def _first_passwords(request: HttpRequest, made: list[tuple[User, str]]) -> HttpResponse:
    return render(request, "departments/first_passwords.html", {"made": made})
