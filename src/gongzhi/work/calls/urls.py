"""Addresses of the desk, of those it hands on to, and of the exchange."""

from django.urls import path, re_path

from gongzhi.work.calls import api
from gongzhi.work.calls.here_codes import CODE
from gongzhi.work.calls.pages import correcting, here, paper, premises, referring, ringing, taking

app_name = "calls"
urlpatterns = [
    path("calls/new/", taking.new, name="new"),
    path("calls/same/", taking.same, name="same"),
    path("calls/erase/", correcting.erase, name="erase"),
    path("calls/<int:key>/move/", correcting.move, name="move"),
    path("calls/ringing/", ringing.banner, name="ringing"),
    path("calls/ringing/<int:key>/claim/", ringing.claim, name="claim"),
    path("calls/ringing/<int:key>/leave/", ringing.leave, name="leave"),
    path("calls/back/", ringing.call_backs, name="backs"),
    path("calls/back/<int:key>/number/", ringing.number, name="number"),
    path("calls/back/<int:key>/tried/", ringing.tried, name="tried"),
    path("calls/back/<int:key>/close/", ringing.close, name="close"),
    path("calls/paper/", paper.sheet, name="paper"),
    path("calls/paper/enter/", paper.enter, name="enter_paper"),
    re_path(rf"^here/{CODE}/$", here.here, name="here"),
    path("calls/here/", here.ask, name="here_ask"),
    path("calls/here/<int:key>/", here.piece, name="here_piece"),
    path("calls/here/<int:key>/<slug:what>/", here.decide, name="here_decide"),
    path("calls/premises/", premises.before, name="before"),
    path("premises/", premises.premises, name="premises"),
    path("referred/", referring.referred, name="referred"),
    path("referred/<int:key>/", referring.referred_one, name="referred_one"),
    path("api/calls/ringing", api.rang, name="api_rang"),
    path("api/calls/ended", api.ended, name="api_ended"),
]
