"""Addresses of the features."""

from django.urls import path

from gongzhi.watch.exchange.features import api

app_name = "features"
urlpatterns = [
    path("", api.landing, name="landing"),
    path("api", api.api, name="api"),
    path("conformance", api.conformance, name="conformance"),
    path("collections", api.collections, name="collections"),
    path("collections/<slug:code>", api.collection, name="collection"),
    path("collections/<slug:code>/items", api.items, name="items"),
    path("collections/<slug:code>/items/<slug:name>", api.item, name="item"),
]
