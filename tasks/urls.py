"""Addresses of the room `tasks`."""

from django.urls import path

from tasks import views

app_name = "tasks"
urlpatterns = [
    path("documents/<int:document>/adopt/", views.adopt_page, name="adopt"),
]
