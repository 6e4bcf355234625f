"""Addresses of the room `departments`."""

from django.urls import URLPattern, path

from departments.views import account, again, guard, holidays, parts, people, people_sheet, signin

app_name = "departments"
urlpatterns: list[URLPattern] = [
    path("signin/", signin.sign_in, name="signin"),
    path("signin/code/", signin.sign_in_code, name="signin_code"),
    path("signin/again/", again.sign_in_again, name="signin_again"),
    path("signin/held/", again.held, name="held"),
    path("session/", again.session, name="session"),
    path("signout/", signin.sign_out, name="signout"),
    path("password/", signin.change_password, name="password"),
    path("account/", account.account, name="account"),
    path("account/sessions/", account.end_session, name="end_session"),
    path("account/second-factor/", account.enrol, name="second_factor"),
    path("account/second-factor/change/", account.change_second_factor, name="second_factor_change"),
    path("guard/", guard.guard, name="guard"),
    path("guard/unlock/", guard.unlock_one, name="unlock"),
    path("guard/second-factor/", guard.reset, name="reset_second_factor"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/remove/", holidays.remove, name="remove_holiday"),
    # people/
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/export/", people_sheet.people_xlsx, name="people_xlsx"),
    path("people/import/", people_sheet.import_page, name="import_people"),
    path("people/import/confirm/", people_sheet.confirm, name="confirm_people"),
    path("people/<int:person>/", people.one_person, name="person"),
    path("people/<int:person>/edit/", people.edit, name="edit_person"),
    path("people/<int:person>/password/", people.new_password, name="new_password"),
    path("people/<int:person>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<int:person>/appoint/", parts.appoint, name="appoint"),
    path("people/<int:person>/grant/", parts.grant_to, name="grant"),
    path("memberships/<int:membership>/end/", parts.end_part, name="end_part"),
    path("memberships/<int:membership>/deputy/", parts.deputy, name="deputy"),
    path("posts/<int:post>/revoke/", parts.revoke_post, name="revoke_post"),
]
