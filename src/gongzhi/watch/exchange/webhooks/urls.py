"""Addresses of the webhooks' page."""

from django.urls import path

from gongzhi.watch.exchange.webhooks import pages

app_name = "webhooks"
urlpatterns = [
    path("webhooks/", pages.hooks, name="hooks"),
    path("webhooks/<int:key>/", pages.letters, name="letters"),
    path("webhooks/<int:key>/replay/", pages.again, name="replay"),
    path("webhooks/<int:key>/enable/", pages.enable, name="enable"),
]
