"""Addresses of the ground floor's own pages."""

from django.urls import path

from gongzhi.base.ui import pages, style

app_name = "ui"
urlpatterns = [
    path("language/", pages.language, name="language"),
    path("offline/", pages.offline, name="offline"),
    path("sw.js", pages.service_worker, name="service_worker"),
    path("app.webmanifest", pages.manifest, name="manifest"),
    path("style/", style.guide, name="style"),
]
