"""Addresses of consultation."""

from django.urls import path

from gongzhi.work.consultation.pages import asking, counted, writing

app_name = "consultation"
urlpatterns = [
    path("", asking.ask, name="ask"),
    path("counted/", counted.counted, name="counted"),
    path("person/", asking.person, name="person"),
    path("desk/", writing.desk, name="desk"),
    path("desk/write/", writing.write, name="write"),
    path("desk/<int:key>/", writing.written, name="written"),
    path("desk/<int:key>/change/", writing.change, name="change"),
    path("desk/<int:key>/publish/", writing.publish, name="publish"),
    path("desk/<int:key>/decline/", writing.decline, name="decline"),
    path("desk/<int:key>/retire/", writing.retire, name="retire"),
    path("<slug:code>/", asking.article, name="article"),
    path("<slug:code>/helped/", asking.helped, name="helped"),
]
