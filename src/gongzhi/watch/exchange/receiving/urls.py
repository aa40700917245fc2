"""Addresses of sources and of what they delivered."""

from django.urls import path

from gongzhi.watch.exchange.receiving import pages

app_name = "receiving"
urlpatterns = [
    path("sources/", pages.sources, name="sources"),
    path("sources/batches/<int:key>/", pages.batch, name="batch"),
    path("sources/batches/<int:key>/read-as/", pages.read_as, name="read_as"),
    path("sources/batches/<int:key>/<slug:what>/", pages.decide, name="decide"),
    path("sources/<slug:code>/", pages.source, name="source"),
    path("sources/<slug:code>/ask-now/", pages.ask_now, name="ask_now"),
]
