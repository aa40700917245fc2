"""Addresses for fields and maps."""

from django.urls import path

from gongzhi.base.places import pages

app_name = "places"
urlpatterns = [
    path("places/search", pages.find, name="search"),
    path("places/near", pages.near, name="near"),
    path("layers/", pages.layer, name="layers"),
    path("layers/<slug:name>.geojson", pages.layer, name="layer"),
    path("layers/<slug:code>/", pages.layer, name="layers_of"),
    path("layers/<slug:code>/<slug:name>.geojson", pages.layer, name="layer_of"),
]
