"""Addresses of care: one's own, those who listen, and what units said."""

from django.urls import path

from gongzhi.work.workforce.care.pages import county, desk, mine, pulse

app_name = "care"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("book/<slug:code>/", mine.book, name="book"),
    path("talk/", mine.talk, name="talk"),
    path("talk/cancel/", mine.cancel, name="cancel"),
    path("pulse/", pulse.answer, name="pulse"),
    path("desk/", desk.desk, name="desk"),
    path("desk/<int:key>/withdraw/", desk.withdraw, name="withdraw"),
    path("units/", county.units, name="units"),
    path("units/open/", county.open_one, name="open_pulse"),
    path("units/<int:key>/close/", county.close, name="close_pulse"),
]
