"""Addresses of the resident's pages and of the inbox."""

from django.urls import path

from gongzhi.work.participation.api import routes, schema
from gongzhi.work.participation.pages import (
    answering,
    around,
    board,
    closing,
    following,
    home,
    inbox,
    reminding,
    reporting,
    results,
    sorting,
)

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
    path("follow/remind/", reminding.remind, name="remind"),
    path("follow/rate/", following.rate, name="rate"),
    path("follow/thank/", following.thank, name="thank"),
    path("follow/withdraw/", following.withdraw, name="withdraw"),
    path("follow/erase/", following.erase, name="erase"),
    path("requests/", inbox.requests, name="requests"),
    path("requests/board/", board.shown, name="board"),
    path("requests/results/", results.shown, name="results"),
    path("requests/<int:key>/", answering.one, name="request"),
    path("requests/<int:key>/accept/", answering.accept, name="accept"),
    path("requests/<int:key>/start/", answering.start, name="start"),
    path("requests/<int:key>/ask/", answering.ask, name="ask"),
    path("requests/<int:key>/answer/", closing.answer, name="answer"),
    path("requests/<int:key>/answer/hints/", closing.hints, name="hints"),
    path("requests/<int:key>/send/", answering.send, name="send"),
    path("requests/<int:key>/merge/", answering.merge, name="merge"),
    path("requests/routing/", sorting.routing, name="routing"),
    path("requests/<int:key>/remind/", reminding.remind_one, name="remind_one"),
    path("requests/<int:key>/sort/", sorting.sort, name="sort"),
    path("requests/<int:key>/note/", answering.note, name="note"),
    path("requests/<int:key>/take/", answering.take, name="take"),
    path("api/v1/requests/openapi.json", schema.openapi, name="openapi"),
    path("api/v1/requests/", routes.api.urls),
]
