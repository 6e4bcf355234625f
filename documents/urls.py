"""Addresses of the room `documents`."""

from django.urls import path

from documents.views import corrections, papers

app_name = "documents"
urlpatterns = [
    path("documents/", papers.papers, name="list"),
    path("documents/upload/", papers.upload, name="upload"),
    # documents/<document>/
    path("documents/<int:document>/", corrections.review, name="review"),
    path("documents/<int:document>/original/", papers.original, name="original"),
    path("documents/<int:document>/facts/", corrections.edit_facts, name="edit_facts"),
    path("documents/<int:document>/tasks/<int:index>/", corrections.edit_task, name="edit_task"),
    path("documents/<int:document>/tasks/add/", corrections.add_task, name="add_task"),
    path("documents/<int:document>/problems/", corrections.settle_problems, name="settle"),
    path("documents/<int:document>/drop/", corrections.drop_draft, name="drop"),
]
