"""机构调整: 更名、合并、分设、撤销."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from departments.bodies.close import close
from departments.bodies.forms import CloseForm, MergeForm, RenameForm, SplitForm, VersionedForm
from departments.bodies.merge import merge
from departments.bodies.rename import rename
from departments.bodies.split import split
from departments.bodies.views.form_page import form_page
from departments.bodies.views.keep import version_of
from departments.bodies.views.lists import kept_body
from departments.middleware import person
from departments.models import Department, User
from departments.permissions import Refused
from timekeeping import clock

ENDED = "这个单位已停用，不能再办理机构调整。"
KEEPS = "已报送的报告保留原名称；未尽事项在办理后逐项移交。"


@require_http_methods(["GET", "POST"])
def rename_body(request: HttpRequest, department: int) -> HttpResponse:
    """Give a department a new name."""
    user = person(request)
    found = _active(user, department)
    old = {"version": found.version, "name": found.name, "short_name": found.short_name}
    form = RenameForm(request.POST or None, initial=old)

    def act() -> str:
        rename(found, **form.cleaned_data, by=user, on=clock.today())
        return _page_of(found)

    note = "原名称自动记为曾用名，文件中仍写原名称时照样认得；已报送的报告保留原名称。"
    return _form(request, found, form, act=act, done="单位已更名。", title="更名", note=note, submit="更名")


@require_http_methods(["GET", "POST"])
def merge_body(request: HttpRequest, department: int) -> HttpResponse:
    """Merge a department with others."""
    user = person(request)
    found = _active(user, department)
    form = MergeForm(found, clock.today(), request.POST or None, initial=_initial(found))

    def act() -> str:
        seen, into = form.cleaned_data, form.target()
        bodies = [(found, seen["version"]), *((one, one.version) for one in seen["others"])]
        made = merge(bodies, into=into, since=seen["since"], reason=seen["reason"], by=user, on=clock.today())
        return _page_of(made)

    done = "合并已登记。原单位如有未尽事项，请在“机构沿革”中逐个移交。"
    return _form(request, found, form, act=act, done=done, title="合并", note=KEEPS, submit="合并")


@require_http_methods(["GET", "POST"])
def split_body(request: HttpRequest, department: int) -> HttpResponse:
    """Divide a department."""
    user = person(request)
    found = _active(user, department)
    form = SplitForm(request.POST or None, initial=_initial(found))

    def act() -> str:
        seen, parts, main = form.cleaned_data, form.parts(found.kind), form.main()
        split(
            found, parts, main=main, since=seen["since"], reason=seen["reason"], version=seen["version"],
            by=user, on=clock.today(),
        )  # fmt: skip
        return _page_of(found)

    done = "分设已登记。如有未尽事项，请移交给新单位。"
    return _form(request, found, form, act=act, done=done, title="分设", note=KEEPS, submit="分设")


@require_http_methods(["GET", "POST"])
def close_body(request: HttpRequest, department: int) -> HttpResponse:
    """End a department that nobody follows."""
    user = person(request)
    found = _active(user, department)
    form = CloseForm(request.POST or None, initial=_initial(found))

    def act() -> str:
        close(found, **form.cleaned_data, by=user, on=clock.today())
        return _page_of(found)

    note = "撤销后没有承接单位；职责并入其他单位的，请办理合并。单位和已报送的报告都保留。"
    return _form(
        request,
        found,
        form,
        act=act,
        done="单位已撤销。",
        title="撤销",
        note=note,
        submit="撤销",
        danger=True,
    )


def _active(user: User, pk: int) -> Department:
    found = kept_body(user, pk)
    if found.active_until:
        raise Refused(ENDED)
    return found


def _initial(department: Department) -> dict[str, object]:
    return {"version": department.version, "since": clock.today(), "kind": department.kind}


def _form(
    request: HttpRequest, department: Department, form: VersionedForm, *, title: str, **page: object
) -> HttpResponse:
    return form_page(
        request,
        form,
        fresh=lambda: version_of(department),
        title=f"{department.short_name}{title}",
        sub=department.name,
        back=_page_of(department),
        **page,  # type: ignore[arg-type]  # act, done and what the template shows
    )


def _page_of(department: Department) -> str:
    return reverse("bodies:body", args=[department.pk])
