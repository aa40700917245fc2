"""Addresses of joint handling."""

from django.urls import path, re_path

from gongzhi.work.joint.pages import desk, emergency, outside, parts, same

CODE = r"(?P<code>[A-Za-z0-9_-]{32})"

app_name = "joint"
urlpatterns = [
    path("parts/", parts.parts, name="parts"),
    path("parts/<int:key>/", parts.one, name="part"),
    path("parts/<int:key>/take/", parts.take, name="take"),
    path("parts/<int:key>/finish/", parts.finish, name="finish"),
    path("parts/<int:key>/decline/", parts.decline, name="decline"),
    path("parts/<int:key>/recall/", parts.recall, name="recall"),
    path("requests/disputes/", desk.disputes, name="disputes"),
    path("requests/escalations/", desk.escalations, name="escalations"),
    path("requests/escalations/<int:key>/seen/", desk.seen, name="seen"),
    path("requests/same/<int:key>/", same.one, name="same"),
    path("requests/same/<int:key>/join/", same.join, name="join"),
    path("requests/same/<int:key>/apart/", same.apart, name="apart"),
    path("requests/<int:key>/to-110/", emergency.to_110, name="to_110"),
    path("requests/<int:key>/split/", parts.split, name="split"),
    path("matters/<int:key>/outside/", outside.ask, name="ask_outside"),
    path("outside/<int:key>/end/", outside.end, name="end_link"),
    re_path(rf"^outside/{CODE}/$", outside.link, name="link"),
]
