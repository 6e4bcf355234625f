"""Addresses of departments, collectives and places."""

from django.urls import URLPattern, path

from departments.bodies.views import keep, lists, places, reorganise, sheet

app_name = "bodies"
urlpatterns: list[URLPattern] = [
    path("departments/", lists.bodies, name="list"),
    path("places/<int:jurisdiction>/bodies.xlsx", sheet.bodies_xlsx, name="bodies_xlsx"),
    path("places/<int:jurisdiction>/bodies/template.xlsx", sheet.template_xlsx, name="template"),
    path("places/<int:jurisdiction>/bodies/import/", sheet.import_page, name="import"),
    path("places/<int:jurisdiction>/bodies/import/confirm/", sheet.confirm, name="confirm_import"),
    path("departments/<int:department>/", lists.body, name="body"),
    path("departments/<int:department>/edit/", keep.edit, name="edit"),
    path("departments/<int:department>/aliases/", lists.aliases, name="aliases"),
    path("departments/<int:department>/aliases/remove/", lists.drop_alias, name="drop_alias"),
    # 机构调整
    path("departments/<int:department>/rename/", reorganise.rename_body, name="rename"),
    path("departments/<int:department>/merge/", reorganise.merge_body, name="merge"),
    path("departments/<int:department>/split/", reorganise.split_body, name="split"),
    path("departments/<int:department>/close/", reorganise.close_body, name="close"),
    path("groups/<int:group>/", keep.group, name="group"),
    # 行政区域
    path("places/", places.places, name="places"),
    path("places/<int:jurisdiction>/add/", places.add, name="add_place"),
    path("places/<int:jurisdiction>/rename/", places.rename, name="rename_place"),
    path("places/<int:jurisdiction>/bodies/add/", keep.add, name="add"),
    path("places/<int:jurisdiction>/groups/add/", keep.add_to_groups, name="add_group"),
]
