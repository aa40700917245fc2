"""Addresses of the resident's pages."""

from django.urls import path

from gongzhi.work.participation import pages

app_name = "participation"
urlpatterns = [
    path("", pages.home, name="home"),
    path("report/", pages.report, name="report"),
    path("follow/", pages.follow, name="follow"),
    path("follow/matter/", pages.matter, name="matter"),
    path("follow/judge/", pages.judge, name="judge"),
]
