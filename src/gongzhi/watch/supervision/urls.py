"""Addresses of supervision."""

from django.urls import path

from gongzhi.watch.supervision import pages

app_name = "supervision"
urlpatterns = [
    path("supervision/", pages.board, name="board"),
    path("supervision/<int:key>/", pages.finding, name="finding"),
    path("supervision/<int:key>/answer/", pages.answer, name="answer"),
    path("supervision/<int:key>/accept/", pages.accept, name="accept"),
    path("supervision/<int:key>/send-back/", pages.send_back, name="send_back"),
    path("supervision/<int:key>/escalate/", pages.escalate, name="escalate"),
]
