"""Addresses of the resident's pages and of the inbox."""

from django.urls import path

from gongzhi.work.participation.pages import answering, around, following, home, inbox, reporting

app_name = "participation"
urlpatterns = [
    path("", home.home, name="home"),
    path("report/", reporting.report, name="report"),
    path("report/similar/", reporting.similar, name="similar"),
    path("around/", around.around, name="around"),
    path("around/blocks/", around.blocks, name="blocks"),
    path("follow/", following.follow, name="follow"),
    path("follow/matter/", following.matter, name="matter"),
    path("follow/judge/", following.judge, name="judge"),
    path("follow/reply/", following.reply, name="reply"),
    path("follow/rate/", following.rate, name="rate"),
    path("follow/withdraw/", following.withdraw, name="withdraw"),
    path("follow/erase/", following.erase, name="erase"),
    path("requests/", inbox.requests, name="requests"),
    path("requests/<int:key>/", answering.one, name="request"),
    path("requests/<int:key>/accept/", answering.accept, name="accept"),
    path("requests/<int:key>/start/", answering.start, name="start"),
    path("requests/<int:key>/ask/", answering.ask, name="ask"),
    path("requests/<int:key>/answer/", answering.answer, name="answer"),
    path("requests/<int:key>/send/", answering.send, name="send"),
    path("requests/<int:key>/merge/", answering.merge, name="merge"),
    path("requests/<int:key>/note/", answering.note, name="note"),
    path("requests/<int:key>/take/", answering.take, name="take"),
]
