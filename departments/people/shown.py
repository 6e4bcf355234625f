"""The one way from an address to a person: 403 without any part in the keeping of people, 404 for strangers."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from departments.middleware import person
from departments.models import User
from departments.permissions import list_people, require


def person_or_404(request: HttpRequest, pk: int) -> User:
    """A person of the places for whose people the reader settles something."""
    user = person(request)
    require(list_people(user))
    found: User = get_object_or_404(User.objects.kept_by(user), pk=pk)
    return found
