"""Addresses of series and topics."""

from django.urls import path

from gongzhi.work.prevention.linking.pages import series, topics

app_name = "linking"
urlpatterns = [
    path("", series.index, name="index"),
    path("topics/", topics.index, name="topics"),
    path("topics/<int:key>/join/", topics.join, name="join"),
    path("topics/<int:key>/part/", topics.part, name="part"),
    path("<int:key>/", series.one, name="one"),
    path("<int:key>/judge/", series.judge, name="judge"),
    path("<int:key>/leave-out/", series.leave_out, name="leave_out"),
    path("<int:key>/put-back/", series.put_back, name="put_back"),
    path("<int:key>/undo/", series.undo, name="undo"),
]
