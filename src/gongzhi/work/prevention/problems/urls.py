"""Addresses of prevention: rises and problems."""

from django.urls import path

from gongzhi.work.prevention.problems.pages import board, effects, opening, pick, problem

app_name = "problems"
urlpatterns = [
    path("", board.board, name="board"),
    path("effects/", effects.effects, name="effects"),
    path("effects/pick/", pick.pick_effects, name="pick_effects"),
    path("new/", opening.new, name="new"),
    path("rises/<int:key>/confirm/", board.confirm, name="confirm"),
    path("rises/<int:key>/dismiss/", board.dismiss, name="dismiss"),
    path("words/<int:key>/erase/", problem.erase, name="erase"),
    path("measures/<int:key>/settle/", problem.settle, name="settle"),
    path("<int:key>/", problem.problem, name="problem"),
    path("<int:key>/words/", problem.words, name="words"),
    path("<int:key>/take-on/", problem.take_on, name="take_on"),
    path("<int:key>/hand-over/", problem.hand_over, name="hand_over"),
    path("<int:key>/measures/", problem.plan, name="plan"),
    path("<int:key>/pick/", pick.pick, name="pick"),
    path("<int:key>/comparison/", problem.comparison, name="comparison"),
]
