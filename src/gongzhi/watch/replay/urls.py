"""Addresses of replay."""

from django.urls import path

from gongzhi.watch.replay import pages

app_name = "replay"
urlpatterns = [
    path("replay/", pages.shifts, name="shifts"),
    path("replay/shift/", pages.shift, name="shift"),
    path("replay/outline/", pages.outline, name="outline"),
    path("replay/piece/<int:number>/", pages.piece, name="piece"),
    path("replay/ways/<int:number>/", pages.ways, name="ways"),
    path("replay/report/", pages.report, name="report"),
    path("replay/lessons/", pages.note, name="note"),
    path("replay/lessons/<int:key>/erase/", pages.erase, name="erase"),
]
