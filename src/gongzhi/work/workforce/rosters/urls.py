"""Addresses of rosters and of one's own shifts."""

from django.urls import path

from gongzhi.work.workforce.rosters.pages import hours, mine, planner, repairs

app_name = "rosters"
urlpatterns = [
    path("shifts/", mine.mine, name="mine"),
    path("shifts/wish/", mine.wish, name="wish"),
    path("shifts/absent/", mine.absent, name="absent"),
    path("shifts/<int:key>/offer/", mine.offer, name="offer"),
    path("shifts/offers/<int:key>/<slug:deed>/", mine.then, name="then_offer"),
    path("shifts/calendar/<slug:deed>/", mine.calendar, name="calendar"),
    path("shifts/<int:key>/<str:token>.ics", mine.feed, name="feed"),
    path("rosters/", planner.index, name="index"),
    path("rosters/new/", planner.ask, name="ask"),
    path("rosters/<int:key>/", planner.roster, name="roster"),
    path("rosters/<int:key>/cell/", planner.cell, name="cell"),
    path("rosters/<int:key>/move/", planner.move, name="move"),
    path("rosters/<int:key>/absent/<int:whose>/", repairs.absent, name="absent_of"),
    path("rosters/<int:key>/hours/", hours.hours, name="hours"),
    path("rosters/<int:key>/hours/change/", hours.change, name="change_strength"),
    path("rosters/<int:key>/hours/<slug:deed>/", hours.forecast, name="forecast"),
    path("rosters/hours/<int:key>/restore/", hours.restore, name="restore_strength"),
    path("rosters/<int:key>/<slug:deed>/", planner.then, name="then"),
    path("rosters/repairs/<int:key>/decide/", repairs.decide, name="decide_repair"),
    path("rosters/repairs/<int:key>/undo/", repairs.undo, name="undo_repair"),
    path("rosters/offers/<int:key>/decide/", planner.decide_offer, name="decide_offer"),
]
