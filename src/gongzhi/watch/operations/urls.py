"""Addresses of how the platform runs."""

from django.urls import path

from gongzhi.watch.operations import pages

app_name = "operations"
urlpatterns = [
    path("operations/", pages.now, name="now"),
    path("operations/parts/", pages.parts, name="parts"),
    path("metrics", pages.figures, name="figures"),
]
