"""任职、代理、岗位: what a person does, settled from the person's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from departments import permissions
from departments.middleware import person
from departments.models import Membership, Post, User
from departments.people.appoint import appoint_person, candidates, end_membership
from departments.people.deputise import deputise
from departments.people.forms import AppointForm, DeputyForm, EndForm, GrantForm
from departments.people.hold import NotPossible
from departments.people.listing import parts_seen_by
from departments.people.posts import grant, revoke
from departments.people.shown import person_or_404
from departments.permissions import require
from departments.views.person_page import person_page
from timekeeping import clock


@require_POST
def appoint(request: HttpRequest, person: int) -> HttpResponse:
    """Let a person file or sign off for one more department."""
    found, user = person_or_404(request, person), _user(request)
    require(permissions.settle_parts(user))
    form = AppointForm(user, request.POST)
    if form.is_valid():
        try:
            appoint_person(found, **form.cleaned_data, by=user, on=clock.today())
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"已安排{found.full_name}的任职。")
            return redirect("departments:person", found.pk)
    return person_page(request, found, appoint_form=form)


@require_POST
def end_part(request: HttpRequest, membership: int) -> HttpResponse:
    """End a part at once, or after the day that was given."""
    row, form = _part(request, membership), EndForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "请填写正确的日期，或不填日期立即结束。")
    else:
        try:
            day = form.cleaned_data["last_day"]
            end_membership(row, last_day=day, by=_user(request), on=clock.today())
            messages.success(
                request, f"已办理：{row.department.short_name}{row.get_role_display()}任职结束。"
            )
        except NotPossible as refused:
            messages.warning(request, refused.reason)
    return redirect("departments:person", row.user_id)


@require_http_methods(["GET", "POST"])
def deputy(request: HttpRequest, membership: int) -> HttpResponse:
    """Choose who does a part for its holder, and from when to when."""
    row, user, on = _part(request, membership), _user(request), clock.today()
    require(permissions.appoint_people(user, row.department.jurisdiction_id))
    form = DeputyForm(candidates(row, by=user), request.POST or None, initial={"since": on})
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            made = deputise(row, given.pop("deputy"), **given, by=user, on=on)
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"已安排{made.user}代理{row.user}。")
            return redirect("departments:person", row.user_id)
    context = {"part": row, "form": form}
    return render(request, "departments/deputy.html", context, status=400 if form.is_bound else 200)


@require_POST
def grant_to(request: HttpRequest, person: int) -> HttpResponse:
    """Give a person a post."""
    found, user = person_or_404(request, person), _user(request)
    require(permissions.grant_posts(user))
    form = GrantForm(user, request.POST)
    if form.is_valid():
        try:
            post = grant(found, **form.cleaned_data, by=user, on=clock.today())
        except NotPossible as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"已授予{found.full_name}“{post.get_role_display()}”。")
            return redirect("departments:person", found.pk)
    return person_page(request, found, grant_form=form)


@require_POST
def revoke_post(request: HttpRequest, post: int) -> HttpResponse:
    """Take a post away."""
    user = _user(request)
    require(permissions.grant_posts(user))
    rows = Post.objects.filter(jurisdiction__in=user.scope.secures).select_related("user", "jurisdiction")
    row = get_object_or_404(rows, pk=post)
    try:
        revoke(row, by=user)
        messages.success(request, f"已收回{row.user}的“{row.get_role_display()}”。")
    except NotPossible as refused:
        messages.warning(request, refused.reason)
    return redirect("departments:person", row.user_id)


def _user(request: HttpRequest) -> User:
    return person(request)


def _part(request: HttpRequest, pk: int) -> Membership:
    """A part in a department of the office's own places; everything else is not there."""
    user = person(request)
    require(permissions.settle_parts(user))
    return get_object_or_404(parts_seen_by(user).select_related("user", "department"), pk=pk)
