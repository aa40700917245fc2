"""Addresses of the streams' page."""

from django.urls import path

from gongzhi.watch.exchange.publishing import pages

app_name = "publishing"
urlpatterns = [path("streams/", pages.streams, name="streams")]
