"""Addresses of the room `documents`."""

from django.urls import path

from documents.views import arrange, corrections, draft_files, papers

app_name = "documents"
urlpatterns = [
    path("documents/", papers.papers, name="list"),
    path("documents/upload/", papers.upload, name="upload"),
    # documents/<document>/
    path("documents/<int:document>/", corrections.review, name="review"),
    path("documents/<int:document>/original/", papers.original, name="original"),
    path("documents/<int:document>/facts/", corrections.edit_facts, name="edit_facts"),
    path("documents/<int:document>/tasks/<int:key>/", corrections.edit_task, name="edit_task"),
    path("documents/<int:document>/tasks/<int:key>/arrange/", arrange.arrange, name="arrange_task"),
    path("documents/<int:document>/tasks/<int:key>/split/", arrange.split_task, name="split_task"),
    path("documents/<int:document>/tasks/<int:key>/merge/", arrange.merge_task, name="merge_task"),
    path("documents/<int:document>/tasks/<int:key>/move/", arrange.move_task, name="move_task"),
    path("documents/<int:document>/tasks/several/", arrange.change_several, name="change_several"),
    path("documents/<int:document>/undo/", arrange.undo_last, name="undo"),
    path("documents/<int:document>/tasks/add/", corrections.add_task, name="add_task"),
    path("documents/<int:document>/problems/", corrections.settle_problems, name="settle"),
    path("documents/<int:document>/draft.json", draft_files.draft_json, name="draft_json"),
    path("documents/<int:document>/draft.xlsx", draft_files.draft_sheet, name="draft_sheet"),
    path("documents/<int:document>/import/", draft_files.import_draft_sheet, name="import_sheet"),
    path("documents/<int:document>/import/confirm/", draft_files.confirm_import, name="confirm_import"),
    path("documents/<int:document>/drop/", corrections.drop_draft, name="drop"),
]
