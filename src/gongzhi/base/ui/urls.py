"""Addresses of the ground floor's own pages."""

from django.urls import path, re_path

from gongzhi.base.ui import pages, reading, style, style_map, waiting

app_name = "ui"
urlpatterns = [
    path("language/", pages.language, name="language"),
    path("reading/", reading.reading, name="reading"),
    path("offline/", pages.offline, name="offline"),
    path("sw.js", pages.service_worker, name="service_worker"),
    path("app.webmanifest", pages.manifest, name="manifest"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("style/", style.guide, name="style"),
    path("style/map/", style_map.guide, name="style_map"),
    re_path("^style/map/(?P<kind>incidents|units|cells)$", style_map.samples, name="map_samples"),
]
