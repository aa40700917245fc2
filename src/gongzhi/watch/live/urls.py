"""The live line's address."""

from django.urls import path

from gongzhi.watch.live import pages

app_name = "live"
urlpatterns = [path("live/stream", pages.stream, name="stream")]
