"""Addresses of prevention: rises and problems."""

from django.urls import path

from gongzhi.work.prevention.problems.pages import (
    board,
    effects,
    opened,
    opening,
    pick,
    problem,
    residents,
)

app_name = "problems"
urlpatterns = [
    path("", board.board, name="board"),
    path("effects/", effects.effects, name="effects"),
    path("effects/pick/", pick.pick_effects, name="pick_effects"),
    path("new/", opening.new, name="new"),
    path("rises/<int:key>/confirm/", board.confirm, name="confirm"),
    path("rises/<int:key>/dismiss/", board.dismiss, name="dismiss"),
    path("words/<int:key>/erase/", problem.erase, name="erase"),
    path("interventions/<int:key>/settle/", problem.settle, name="settle"),
    path("open/", residents.listed, name="open_list"),
    path("open/code/", residents.open_code, name="open_code"),
    path("open/mine/", residents.mine, name="open_mine"),
    path("open/mine/take-back/", residents.take_back, name="take_back"),
    path("open/<int:key>/", residents.one, name="open"),
    path("said/<int:key>/", opened.look, name="look"),
    path("<int:key>/open/", opened.opened, name="opened"),
    path("<int:key>/open/publish/", opened.publish, name="publish"),
    path("<int:key>/open/close/", opened.close, name="close"),
    path("<int:key>/", problem.problem, name="problem"),
    path("<int:key>/words/", problem.words, name="words"),
    path("<int:key>/take-on/", problem.take_on, name="take_on"),
    path("<int:key>/hand-over/", problem.hand_over, name="hand_over"),
    path("<int:key>/interventions/", problem.plan, name="plan"),
    path("<int:key>/pick/", pick.pick, name="pick"),
    path("<int:key>/comparison/", problem.comparison, name="comparison"),
]
