"""Addresses of warnings: `/warnings/` for everybody, `/warnings/desk/` for those who write them."""

from django.urls import path

from gongzhi.work.prevention.warnings.pages import desk, feed, public, writing

app_name = "warnings"
urlpatterns = [
    path("", public.index, name="index"),
    path("feed.xml", feed.feed, name="feed"),
    path("active.geojson", feed.active, name="active"),
    path("desk/", desk.desk, name="desk"),
    path("desk/new/", writing.new, name="new"),
    path("desk/<int:key>/", desk.warning, name="warning"),
    path("desk/<int:key>/write/", writing.write, name="write"),
    path("desk/<int:key>/submit/", desk.submit, name="submit"),
    path("desk/<int:key>/back/", desk.back, name="back"),
    path("desk/<int:key>/publish/", desk.publish, name="publish"),
    path("desk/<int:key>/drop/", desk.drop, name="drop"),
    path("desk/<int:key>/update/", desk.update, name="update"),
    path("desk/<int:key>/cancel/", desk.cancel, name="cancel"),
    path("desk/<int:key>/endorse/", desk.endorse, name="endorse"),
    path("<slug:number>/", public.one, name="one"),
    path("<slug:number>/poster/", public.poster, name="poster"),
    path("<slug:identifier>.cap.xml", feed.message, name="message"),
]
