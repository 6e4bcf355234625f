"""Addresses of the room `departments`."""

from django.urls import URLPattern, path

from departments.views import bodies, signin

app_name = "departments"
urlpatterns: list[URLPattern] = [
    path("signin/", signin.sign_in, name="signin"),
    path("signout/", signin.sign_out, name="signout"),
    path("password/", signin.change_password, name="password"),
    path("departments/", bodies.overview, name="overview"),
]
