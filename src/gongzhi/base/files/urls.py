"""Addresses of files."""

from django.urls import path

from gongzhi.base.files import pages

app_name = "files"
urlpatterns = [
    path("files/<int:key>/", pages.picture, name="picture"),
    path("files/<int:key>/small/", pages.small, name="small"),
]
