"""Addresses of forecasts."""

from django.urls import path

from gongzhi.work.patrol.forecasts.pages import about, ahead

app_name = "forecasts"
urlpatterns = [
    path("forecasts/", ahead.ahead, name="ahead"),
    path("forecasts/told/", ahead.told, name="told"),
    path("about/forecasts/", about.about, name="about"),
]
