"""Addresses of the room `reports`."""

from django.urls import path

from reports.views import below, bulletin, dashboard, export, ledger, task, trail, workbench

app_name = "reports"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("ledgers/", ledger.ledgers, name="ledgers"),
    path("ledgers/choose/", ledger.choose_ledger, name="choose_ledger"),
    path("ledgers/<int:ledger>/", ledger.ledger, name="ledger"),
    path("ledgers/<int:ledger>/ledger.xlsx", export.ledger_xlsx, name="ledger_xlsx"),
    path("ledgers/<int:ledger>/dashboard/", dashboard.dashboard, name="dashboard"),
    path("ledgers/<int:ledger>/bulletins/", bulletin.bulletins, name="bulletins"),
    path("below/", below.below, name="below"),
    path("below/<int:ledger>/", below.summary, name="summary"),
    path("tasks/<int:task>/history/", task.history, name="history"),
    path("tasks/<int:task>/", task.task, name="task"),
    path("bulletins/<int:bulletin>/", bulletin.bulletin, name="bulletin"),
    path("bulletins/<int:bulletin>/bulletin.docx", bulletin.bulletin_docx, name="bulletin_docx"),
    path("bulletins/<int:bulletin>/issue/", bulletin.issue_bulletin, name="issue_bulletin"),
    path("trail/", trail.trail, name="trail"),
    path("trail/<int:entry>/", trail.trail_entry, name="trail_entry"),
    path("trail/trail.xlsx", trail.trail_xlsx, name="trail_xlsx"),
]
