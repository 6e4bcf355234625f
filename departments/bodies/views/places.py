"""行政区域: the tree, and places added and renamed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from departments.bodies.forms import AddPlaceForm, RenamePlaceForm
from departments.bodies.permissions import keep_place, see_places
from departments.bodies.place import add_place, rename_place
from departments.bodies.views.form_page import form_page
from departments.middleware import person
from departments.models import Jurisdiction, User
from departments.permissions import Refused, require


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """List the places that the person keeps, each under the one above it."""
    user = person(request)
    require(see_places(user))
    tree = Jurisdiction.objects.kept_by(user).select_related("parent").order_by("path")
    return render(request, "departments/places.html", {"places": tree})


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, jurisdiction: int) -> HttpResponse:
    """Add a place below one."""
    user = person(request)
    upper = _kept(user, jurisdiction)
    if upper.level == Jurisdiction.Level.COUNTY:
        raise Refused("县级以下不再增设行政区域。")
    form = AddPlaceForm(upper, request.POST or None)

    def act() -> str:
        add_place(upper, **form.cleaned_data, by=user)
        return reverse("bodies:places")

    return form_page(
        request, form, act=act, done="行政区域已增设。", title="增设下级行政区域", submit="增设",
        sub=f"上级：{upper.name}（{upper.code}）", back=reverse("bodies:places"), of_places=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, jurisdiction: int) -> HttpResponse:
    """Give a place another name."""
    user = person(request)
    place = _kept(user, jurisdiction)
    form = RenamePlaceForm(request.POST or None, initial={"seen": place.name, "name": place.name})

    def act() -> str:
        rename_place(place, **form.cleaned_data, by=user)
        return reverse("bodies:places")

    return form_page(
        request, form, act=act, done="行政区域已更名。", title=f"{place.name}更名", sub=f"代码{place.code}不变",
        submit="更名", back=reverse("bodies:places"), of_places=True,
    )  # fmt: skip


def _kept(user: User, pk: int) -> Jurisdiction:
    """A place below those that the person works for, else 404; refused when it is not theirs to keep."""
    seen = Jurisdiction.objects.visible_to(user) | Jurisdiction.objects.kept_by(user)
    place = get_object_or_404(seen, pk=pk)
    require(keep_place(user, place))
    return place
