"""Addresses of the room `tasks`."""

from django.urls import path

from tasks import views
from tasks.amend.views import amend_page
from tasks.event_page import event_page
from tasks.reopen_page import reopen_page

app_name = "tasks"
urlpatterns = [
    path("documents/<int:document>/adopt/", views.adopt_page, name="adopt"),
    path("documents/<int:document>/amend/<int:ledger>/", amend_page, name="amend"),
    path("tasks/<int:task>/event/", event_page, name="event"),
    path("tasks/<int:task>/reopen/", reopen_page, name="reopen"),
]
