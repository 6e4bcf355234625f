"""Where every page lives; each room keeps its own addresses."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from reformtracker import design

handler403 = "reformtracker.fault.refused"
handler404 = "reformtracker.fault.missing"
handler500 = "reformtracker.fault.fault"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.urls")),
    path("", include("departments.urls")),
    path("", include("departments.bodies.urls")),
    path("", include("documents.urls")),
    path("", include("tasks.urls")),
    path("", include("progress.urls")),
    path("", include("notices.urls")),
]
if settings.DEVELOPMENT or settings.DEMO:
    urlpatterns.append(path("living/", design.living, name="living"))
