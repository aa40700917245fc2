"""Addresses of consultation."""

from django.urls import path

from gongzhi.work.consultation.pages import asking, counted

app_name = "consultation"
urlpatterns = [
    path("", asking.ask, name="ask"),
    path("counted/", counted.counted, name="counted"),
    path("<slug:code>/", asking.article, name="article"),
    path("<slug:code>/helped/", asking.helped, name="helped"),
]
