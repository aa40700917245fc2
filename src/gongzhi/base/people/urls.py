"""Addresses of units, accounts and persons."""

from django.urls import path

from gongzhi.base.people.api.routes import scim
from gongzhi.base.people.pages import organisation, password, persons

app_name = "people"
urlpatterns = [
    path("scim/v2/<path:path>", scim, name="scim"),
    path("accounts/", organisation.accounts, name="accounts"),
    path("accounts/new/", organisation.new_account, name="new_account"),
    path("accounts/<int:key>/", organisation.account, name="account"),
    path("accounts/<int:key>/close/", organisation.close_account, name="close_account"),
    path("accounts/<int:key>/reopen/", organisation.reopen_account, name="reopen_account"),
    path("accounts/<int:key>/password/", organisation.reset_password, name="reset_password"),
    path("units/", organisation.units, name="units"),
    path("password/", password.password, name="password"),
    path("people/reads/", persons.reads, name="reads"),
    path("people/<int:key>/", persons.person, name="person"),
    path("people/<int:key>/contact/", persons.contact, name="contact"),
    path("people/<int:key>/erase/", persons.erase, name="erase"),
]
