"""Addresses of plans."""

from django.urls import path

from gongzhi.work.patrol.plans.pages import board, crew, dosage, stop

app_name = "plans"
urlpatterns = [
    path("", board.board, name="board"),
    path("make/", board.make, name="make"),
    path("dosage/", dosage.dosage, name="dosage"),
    path("<int:key>/map/", board.plan_map, name="map"),
    path("<int:key>/cover/", board.cover, name="cover"),
    path("<int:key>/publish/", board.publish, name="publish"),
    path("<int:key>/withdraw/", board.withdraw, name="withdraw"),
    path("<int:key>/try/", stop.try_move, name="try"),
    path("<int:key>/move/", stop.move, name="move"),
    path("stops/<int:key>/", stop.stop, name="stop"),
    path("stops/<int:key>/change/", stop.change, name="change"),
    path("stops/<int:key>/tell/", crew.tell, name="tell"),
]
