"""Addresses of the data catalogue."""

from django.urls import path

from gongzhi.watch.exchange.datasets import pages

app_name = "datasets"
urlpatterns = [
    path("about/data/", pages.datasets, name="datasets"),
    path("about/data/catalogue.<slug:form>", pages.as_dcat, name="dcat"),
    path("about/data/<slug:code>/", pages.dataset, name="dataset"),
]
