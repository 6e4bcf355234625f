"""Addresses of the room `progress`."""

from django.urls import URLPattern, path

from progress.views import (
    contributing,
    directives,
    filing,
    findings,
    inspections,
    leaving,
    period_sheet,
    periods,
    requests,
    review,
)
from progress.views import evidence as files
from progress.views.batch import batch
from progress.views.corrections import ask_page, decline
from progress.views.handing_over import hand_over_page

app_name = "progress"
urlpatterns: list[URLPattern] = [
    # 报送期、报送、审核
    path("ledgers/<int:ledger>/periods/", periods.periods, name="periods"),
    path("periods/<int:period>/reopen/", periods.reopen, name="reopen_period"),
    path("periods/<int:period>/departments/<int:department>/extend/", filing.extend, name="extend_filing"),
    path("ledgers/<int:ledger>/filing/", filing.filing, name="filing"),
    # 填报表
    path("periods/<int:period>/filing/<int:department>.xlsx", period_sheet.period_xlsx, name="period_xlsx"),
    path(
        "periods/<int:period>/filing/<int:department>/import/", period_sheet.import_page, name="import_period"
    ),
    path(
        "periods/<int:period>/filing/<int:department>/import/confirm/",
        period_sheet.confirm,
        name="confirm_period",
    ),
    path("ledgers/<int:ledger>/review/", review.review, name="review"),
    path("ledgers/<int:ledger>/review/batch/", batch, name="batch"),
    # 延期、销号
    path("ledgers/<int:ledger>/review/requests/", requests.requests, name="requests"),
    path("tasks/<int:task>/extend/", requests.extend, name="extend"),
    path("tasks/<int:task>/close/", requests.close, name="close"),
    path("extensions/<int:extension>/", requests.extension, name="extension"),
    path("closures/<int:closure>/", requests.closure, name="closure"),
    # 批示
    path("ledgers/<int:ledger>/directives/", directives.directives, name="directives"),
    path("tasks/<int:task>/directives/", directives.give, name="give_directive"),
    path("directives/<int:directive>/", directives.directive, name="directive"),
    path("directives/<int:directive>/strike/", directives.strike, name="strike_directive"),
    # 专项检查
    path("ledgers/<int:ledger>/inspections/", inspections.inspections, name="inspections"),
    path("inspections/<int:inspection>/", inspections.inspection, name="inspection"),
    path("inspections/<int:inspection>/edit/", inspections.correct, name="correct_inspection"),
    path("inspections/<int:inspection>/findings.xlsx", inspections.findings_xlsx, name="findings_xlsx"),
    path("findings/<int:finding>/", findings.finding, name="finding"),
    path("people/<int:person>/leave/", leaving.leave_page, name="leave"),
    # one report: the department
    path("reports/<int:report>/save/", filing.save, name="save"),
    path("reports/<int:report>/submit/", filing.submit, name="submit"),
    path("reports/<int:report>/withdraw/", filing.withdraw, name="withdraw"),
    path("reports/<int:report>/evidence/", files.add_evidence, name="add_evidence"),
    path("evidence/<int:evidence>/", files.evidence, name="evidence"),
    path("evidence/<int:evidence>/view/", files.view_evidence, name="view_evidence"),
    path("evidence/<int:evidence>/remove/", files.remove_evidence, name="remove_evidence"),
    path("reports/<int:report>/sign/", review.sign, name="sign"),
    path("reports/<int:report>/send-back/", review.send_back, name="send_back"),
    # 配合情况
    path("reports/<int:report>/contributions/", contributing.ask, name="ask_contributions"),
    path("contributions/<int:contribution>/give/", contributing.give, name="give_contribution"),
    path("contributions/<int:contribution>/cancel/", contributing.cancel, name="cancel_contribution"),
    # 机构调整后的移交
    path("departments/<int:department>/handover/", hand_over_page, name="hand_over"),
    # one report: the reform office
    path("reports/<int:report>/accept/", review.accept, name="accept"),
    path("reports/<int:report>/return/", review.return_report, name="return_report"),
    path("reports/<int:report>/reopen/", review.reopen, name="reopen"),
    path("reports/<int:report>/exempt/", review.exempt, name="exempt"),
    # 申请更正
    path("reports/<int:report>/correction/", ask_page, name="ask_correction"),
    path("corrections/<int:correction>/decline/", decline, name="decline_correction"),
]
