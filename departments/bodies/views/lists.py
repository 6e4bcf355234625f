"""单位库 and the page of one department."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from departments.bodies.alias import add_alias, remove_alias
from departments.bodies.changing import NotPossible
from departments.bodies.forms import AliasForm, BodyFilter, DropAliasForm
from departments.bodies.permissions import keep_bodies, see_bodies
from departments.middleware import person
from departments.models import Department, DepartmentGroup, Jurisdiction, Membership, User
from departments.permissions import require
from timekeeping import clock

PAGE = 50


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """List the departments of a place in their official order, and its collectives."""
    user = person(request)
    require(see_bodies(user))
    form = BodyFilter(own_places(user), request.GET)
    found = form.found(clock.today()).select_related("successor").prefetch_related("aliases", "former_names")
    place = form.at
    context = {
        "form": form,
        "place": place,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "groups": DepartmentGroup.objects.filter(jurisdiction=place).prefetch_related("members"),
        "may_keep": place and keep_bodies(user, place.pk),
        "on": clock.today(),
    }
    return render(request, "departments/bodies.html", context)


@require_safe
def body(request: HttpRequest, department: int) -> HttpResponse:
    """Show one department: what it is, how papers write it, where it came from and went to."""
    user = person(request)
    require(see_bodies(user))
    return _page(request, visible_body(user, department), AliasForm())


@require_POST
def aliases(request: HttpRequest, department: int) -> HttpResponse:
    """Add a writing."""
    user = person(request)
    found = kept_body(user, department)
    form = AliasForm(request.POST)
    if form.is_valid():
        try:
            add_alias(found, form.cleaned_data["text"], by=user, on=clock.today())
        except NotPossible as problem:
            form.add_error("text", problem.reason)
        else:
            messages.success(request, "别名已添加。")
            return redirect("bodies:body", found.pk)
    return _page(request, found, form, status=400)


@require_POST
def drop_alias(request: HttpRequest, department: int) -> HttpResponse:
    """Take a writing back."""
    user = person(request)
    found = kept_body(user, department)
    form = DropAliasForm(found, request.POST)
    if form.is_valid():
        remove_alias(form.cleaned_data["alias"], by=user)
        messages.success(request, "别名已删除。")
    else:
        messages.warning(request, "这个别名已经删除。")
    return redirect("bodies:body", found.pk)


def own_places(user: User) -> list[Jurisdiction]:
    """The places whose departments a person sees as a list."""
    return list(Jurisdiction.objects.filter(pk__in=user.scope.coordinates | user.scope.administers))


def visible_body(user: User, pk: int) -> Department:
    """A department that the person may see, else 404."""
    found = Department.objects.visible_to(user).select_related("jurisdiction", "successor")
    return get_object_or_404(found, pk=pk)


def kept_body(user: User, pk: int) -> Department:
    """A department that the person keeps, else 404 or refused."""
    found = visible_body(user, pk)
    require(keep_bodies(user, found.jurisdiction_id))
    return found


def _page(request: HttpRequest, department: Department, form: AliasForm, status: int = 200) -> HttpResponse:
    may_keep = keep_bodies(person(request), department.jurisdiction_id)
    people = Membership.objects.filter(department=department).serving(clock.today()).select_related("user")
    context = {
        "department": department,
        "form": form,
        "may_keep": may_keep,
        "ended": not department.active(clock.today()),
        "people": people if may_keep else None,
        "successions": department.successions.select_related("successor"),
        "origins": department.origins.select_related("predecessor"),
    }
    return render(request, "departments/body.html", context, status=status)
