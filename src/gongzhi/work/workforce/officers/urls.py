"""Addresses of one's own record, a unit's people and the organisation."""

from django.urls import path

from gongzhi.work.workforce.officers.pages import (
    keeping,
    leave,
    listing,
    mine,
    organisation,
    people,
    record,
)

app_name = "officers"
urlpatterns = [
    path("record/", mine.mine, name="mine"),
    path("record/leave/", mine.ask, name="ask_leave"),
    path("record/leave/<int:key>/withdraw/", mine.withdraw, name="withdraw_leave"),
    path("record/check/<int:key>/done/", mine.checked, name="check_done"),
    path("officers/", people.people, name="people"),
    path("officers/certificates/", people.certificates, name="certificates"),
    path("officers/organisation/", organisation.organisation, name="organisation"),
    path("officers/organisation.csv", organisation.sheet, name="organisation_csv"),
    path("officers/leave/", leave.waiting, name="leave"),
    path("officers/leave/<int:key>/", leave.open_leave, name="open_leave"),
    path("officers/leave/<int:key>/decide/", leave.decide, name="decide_leave"),
    path("officers/posts/new/", keeping.new_post, name="new_post"),
    path("officers/posts/<int:key>/", keeping.post, name="post"),
    path("officers/posts/<int:key>/close/", keeping.close, name="close_post"),
    path("officers/posts/<int:key>/take/", keeping.take, name="take_post"),
    path("officers/holdings/<int:key>/leave/", keeping.leave, name="leave_post"),
    path("officers/list/", listing.page, name="list"),
    path("officers/list.csv", listing.blank, name="list_csv"),
    path("officers/list/<slug:deed>/", listing.then, name="then_list"),
    path("officers/lines/<slug:kind>/<int:key>/correct/", record.correct, name="correct"),
    path("officers/lines/<slug:kind>/<int:key>/strike/", record.strike, name="strike"),
    path("officers/<int:key>/", record.record, name="record"),
    path("officers/<int:key>/keep/<slug:kind>/", record.keep, name="keep"),
    path("officers/<int:key>/commend/", people.commend, name="commend"),
]
