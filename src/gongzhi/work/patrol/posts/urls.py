"""The address of posts."""

from django.urls import path

from gongzhi.work.patrol.posts import pages

app_name = "posts"
urlpatterns = [
    path("", pages.posts, name="posts"),
    path("try/", pages.tried, name="try"),
]
