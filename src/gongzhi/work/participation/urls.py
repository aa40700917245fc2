"""Addresses of the resident's pages and of the inbox."""

from django.urls import path

from gongzhi.work.participation.pages import following, reporting

app_name = "participation"
urlpatterns = [
    path("", reporting.home, name="home"),
    path("report/", reporting.report, name="report"),
    path("report/similar/", reporting.similar, name="similar"),
    path("follow/", following.follow, name="follow"),
    path("follow/matter/", following.matter, name="matter"),
    path("follow/judge/", following.judge, name="judge"),
    path("follow/reply/", following.reply, name="reply"),
    path("follow/rate/", following.rate, name="rate"),
    path("follow/withdraw/", following.withdraw, name="withdraw"),
]
