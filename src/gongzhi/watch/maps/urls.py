"""Addresses of the three maps."""

from django.urls import path

from gongzhi.watch.maps import api, pages

app_name = "maps"
urlpatterns = [
    path("maps/", pages.maps, name="maps"),
    path("maps/told/", pages.told, name="told"),
    path("maps/patrols/", pages.patrols, name="patrols"),
    path("maps/export/<slug:format>/", pages.export, name="export"),
    path("api/maps/v1/cells", api.cells, name="api_cells"),
]
