"""Addresses of integrity."""

from django.urls import path

from gongzhi.work.workforce.integrity.pages import mine, recusal, register

app_name = "integrity"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("reports/<slug:code>/", mine.report, name="report"),
    path("register/", register.register, name="register"),
    path("register/open/", register.opened, name="open_register"),
    path("register/<int:key>/settle/", register.settle, name="settle"),
    path("recusal/<int:matter>/", recusal.ask, name="ask_recusal"),
    path("recusal/<int:key>/decide/", recusal.decide, name="decide_recusal"),
]
