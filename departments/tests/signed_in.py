"""Somebody who has signed in already."""

from django.conf import settings
from django.test import Client
from django.utils import timezone

from departments.models import User
from departments.signin import sittings


def signed_in(user: User) -> Client:
    """A client that is signed in as a person, without the page that asks for the password."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    sittings.begin(session, user, agent="", at=timezone.now())
    session.save()
    return client


def session_cookie(user: User) -> str:
    """The value of the cookie that a signed-in browser holds."""
    return signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
