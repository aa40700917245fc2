"""Addresses of people's own data, and of whoever decides on requests about it."""

from django.urls import path

from gongzhi.work.personal.pages import deciding, mine

app_name = "personal"
urlpatterns = [
    path("my-data/", mine.mine, name="mine"),
    path("my-data/looks/", mine.looks, name="looks"),
    path("my-data/copy/", mine.copy, name="copy"),
    path("my-data/ask/", mine.ask, name="ask"),
    path("my-data/withdraw/", mine.withdraw, name="withdraw"),
    path("personal/", deciding.requests, name="requests"),
    path("personal/<int:key>/", deciding.one, name="request"),
    path("personal/<int:key>/step/<slug:code>/", deciding.step, name="step"),
]
