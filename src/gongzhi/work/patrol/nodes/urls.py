"""Addresses of nodes."""

from django.urls import path

from gongzhi.work.patrol.nodes import pages

app_name = "nodes"
urlpatterns = [
    path("", pages.nodes, name="nodes"),
    path("open/", pages.open_kind, name="open_kind"),
    path("new/", pages.new, name="new"),
    path("<int:key>/", pages.node, name="node"),
    path("<int:key>/end/", pages.end, name="end"),
]
