"""单位与人员."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from departments.middleware import person
from departments.models import Department, DepartmentGroup, Membership, Post
from departments.permissions import require, see_people


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the departments, collectives and people of the person's jurisdictions."""
    user = person(request)
    require(see_people(user))
    serving = Membership.objects.filter(until__isnull=True).select_related("user")
    context = {
        "departments": Department.objects.visible_to(user)
        .select_related("jurisdiction")
        .prefetch_related(Prefetch("memberships", serving, to_attr="serving"), "aliases"),
        "groups": DepartmentGroup.objects.visible_to(user).prefetch_related("members"),
        "posts": Post.objects.filter(jurisdiction__in=user.scope.jurisdictions).select_related(
            "user", "jurisdiction"
        ),
    }
    return render(request, "departments/overview.html", context)
