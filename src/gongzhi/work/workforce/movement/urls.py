"""Addresses of movement: vacancies for everybody, rotation for those who run it."""

from django.urls import path

from gongzhi.work.workforce.movement.pages import rotation, vacancies

app_name = "movement"
urlpatterns = [
    path("movement/", vacancies.index, name="index"),
    path("movement/new/", vacancies.new, name="new"),
    path("movement/<int:key>/", vacancies.one, name="vacancy"),
    path("movement/<int:key>/bid/", vacancies.make_bid, name="bid"),
    path("movement/<int:key>/withdraw/", vacancies.withdraw, name="withdraw"),
    path("movement/<int:key>/decide/", vacancies.decide, name="decide"),
    path("movement/bids/<int:key>/back/", vacancies.take_back, name="back"),
    path("movement/bids/<int:key>/appeal/", vacancies.appeal, name="appeal"),
    path("movement/bids/<int:key>/answer/", vacancies.answer, name="answer"),
    path("movement/rotation/", rotation.latest, name="rotation"),
    path("movement/rotation/<int:key>/", rotation.decide, name="move"),
]
