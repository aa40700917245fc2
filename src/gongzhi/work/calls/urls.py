"""Addresses of the call-taker's page."""

from django.urls import path

from gongzhi.work.calls import pages

app_name = "calls"
urlpatterns = [
    path("calls/new/", pages.new, name="new"),
    path("calls/erase/", pages.erase, name="erase"),
    path("calls/same/", pages.same, name="same"),
    path("calls/<int:key>/move/", pages.move, name="move"),
]
