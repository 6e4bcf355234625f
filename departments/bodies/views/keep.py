"""增设、修改单位 and 单位集合."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from departments.bodies.add import add_body
from departments.bodies.edit import edit_body
from departments.bodies.forms import AddBodyForm, EditBodyForm, GroupForm
from departments.bodies.group import add_group, edit_group
from departments.bodies.permissions import keep_bodies
from departments.bodies.views.form_page import form_page
from departments.bodies.views.lists import kept_body
from departments.middleware import person
from departments.models import Department, DepartmentGroup, Jurisdiction, User
from departments.permissions import require
from timekeeping import clock


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, jurisdiction: int) -> HttpResponse:
    """Add a department to a place."""
    user = person(request)
    place = kept_place(user, jurisdiction)
    form = AddBodyForm(request.POST or None)

    def act() -> str:
        made = add_body(place, form.new(), on=clock.today(), by=user)
        return reverse("bodies:body", args=[made.pk])

    back = list_of(place)
    return form_page(
        request,
        form,
        act=act,
        done="单位已增设。",
        title="增设单位",
        sub=place.name,
        submit="增设",
        back=back,
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, department: int) -> HttpResponse:
    """Change what a department is; its name has a page of its own."""
    user = person(request)
    found = kept_body(user, department)
    initial = {name: getattr(found, name) for name in EditBodyForm.base_fields}
    form = EditBodyForm(request.POST or None, initial=initial)
    back = reverse("bodies:body", args=[found.pk])

    def act() -> str:
        edit_body(found, form.facts(), version=form.cleaned_data["version"], by=user)
        return back

    return form_page(
        request, form, act=act, fresh=lambda: version_of(found), done="单位已修改。",
        title=f"修改{found.short_name}", sub="名称有变化的，请办理更名", submit="保存", back=back,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_to_groups(request: HttpRequest, jurisdiction: int) -> HttpResponse:
    """Make a collective."""
    user = person(request)
    place = kept_place(user, jurisdiction)
    form = GroupForm(place, request.POST or None)

    def act() -> str:
        chosen = form.cleaned_data
        add_group(place, name=chosen["name"], members=list(chosen["members"]), by=user, on=clock.today())
        return list_of(place)

    return form_page(
        request, form, act=act, done="单位集合已增设。", title="增设单位集合", sub=place.name, submit="增设",
        back=list_of(place),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, group: int) -> HttpResponse:
    """Change who is meant by a collective."""
    user = person(request)
    found = get_object_or_404(
        DepartmentGroup.objects.visible_to(user).select_related("jurisdiction"), pk=group
    )
    require(keep_bodies(user, found.jurisdiction_id))
    form = GroupForm(found.jurisdiction, request.POST or None, initial=GroupForm.initial_of(found))
    back = list_of(found.jurisdiction)

    def act() -> str:
        seen = form.cleaned_data
        edit_group(
            found, name=seen["name"], members=list(seen["members"]), version=-1 if seen["version"] is None else seen["version"], by=user,
            on=clock.today(),
        )  # fmt: skip
        return back

    return form_page(
        request, form, act=act, done="单位集合已修改。",
        fresh=lambda: DepartmentGroup.objects.values_list("version", flat=True).get(pk=found.pk),
        title=f"修改{found.name}", sub="只影响今后读入的文件，已入账的任务不变", submit="保存", back=back,
    )  # fmt: skip


def kept_place(user: User, pk: int) -> Jurisdiction:
    """A place whose departments the person keeps, else 404 or refused."""
    place = Jurisdiction.objects.visible_to(user).filter(pk=pk).first()
    if place is None:
        raise Http404
    require(keep_bodies(user, place.pk))
    return place


def list_of(place: Jurisdiction) -> str:
    """The address of a place's list."""
    return f"{reverse('bodies:list')}?place={place.pk}"


def version_of(department: Department) -> int:
    """The version that the department has by now."""
    return Department.objects.values_list("version", flat=True).get(pk=department.pk)
