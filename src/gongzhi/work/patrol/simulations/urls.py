"""Addresses of simulations."""

from django.urls import path

from gongzhi.work.patrol.simulations.pages import asking, told

app_name = "simulations"
urlpatterns = [
    path("", told.index, name="index"),
    path("new/", asking.ask, name="new"),
    path("<int:key>/", told.one, name="one"),
    path("<int:key>/progress/", told.progress, name="progress"),
    path("<int:key>/<slug:deed>/", asking.then, name="then"),
]
