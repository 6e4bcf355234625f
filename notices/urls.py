"""Addresses of the room `notices`."""

from django.urls import URLPattern, path

from notices import views

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("notices/", views.notices, name="list"),
    path("notices/<int:notice>/read/", views.read_notice, name="read"),
    path("notices/<int:notice>/resend/", views.resend_notice, name="resend"),
    path("ledgers/<int:ledger>/urge/", views.urge_departments, name="urge"),
]
