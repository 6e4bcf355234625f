"""Where every page lives; each room keeps its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("departments.urls")),
    path("", include("documents.urls")),
    path("", include("tasks.urls")),
    path("", include("progress.urls")),
    path("", include("notices.urls")),
]
