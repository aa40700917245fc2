"""Addresses of open data."""

from django.urls import path

from gongzhi.watch.exchange.opendata.pages import everybody, inside

app_name = "opendata"
urlpatterns = [
    path("about/data/open/", everybody.datasets, name="datasets"),
    path("about/data/open/<slug:code>/", everybody.dataset, name="dataset"),
    path("about/data/open/<slug:code>/v<int:number>/<str:name>", everybody.file, name="file"),
    path("about/data/open/<slug:code>/latest/<str:name>", everybody.latest, name="latest"),
    path("open-data/", inside.board, name="board"),
    path("open-data/<slug:code>/", inside.preview, name="preview"),
    path("open-data/<slug:code>/propose/", inside.propose, name="propose"),
    path("open-data/versions/<int:key>/confirm/", inside.confirm, name="confirm"),
    path("open-data/versions/<int:key>/drop/", inside.drop, name="drop"),
    path("open-data/versions/<int:key>/withdraw/", inside.withdraw, name="withdraw"),
]
