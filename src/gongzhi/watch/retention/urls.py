"""Addresses of what must go by its time, and of the record of processing."""

from django.urls import path

from gongzhi.watch.retention import pages

app_name = "retention"
urlpatterns = [
    path("personal/kept/", pages.kept, name="kept"),
    path("personal/processing/", pages.processing, name="processing"),
    path("personal/processing/record.csv", pages.processing_csv, name="processing_csv"),
]
