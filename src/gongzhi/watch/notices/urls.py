"""Addresses of notices."""

from django.urls import path, re_path

from gongzhi.watch.notices.pages import desk, managing, mine, phone, subscribing

CODE = r"(?P<code>[A-Za-z0-9_-]{32})"

app_name = "notices"
urlpatterns = [
    path("notices/", desk.notices, name="notices"),
    path("notices/texts/", desk.texts, name="texts"),
    path("notices/<int:key>/again/", desk.again, name="again"),
    path("notices/mine/", mine.mine, name="mine"),
    path("notices/mine/mailbox/", mine.mailbox, name="mailbox"),
    path("notices/mine/code/", mine.code, name="mine_code"),
    path("notices/mine/end/", mine.end, name="mine_end"),
    path("notices/phone/", phone.phone, name="phone"),
    path("subscribe/", subscribing.start, name="subscribe"),
    path("subscribe/matter/", subscribing.matter, name="matter"),
    path("subscribe/code/", subscribing.code, name="code"),
    re_path(rf"^subscribe/{CODE}/$", managing.manage, name="manage"),
    re_path(rf"^subscribe/{CODE}/end/(?P<key>[0-9]+)/$", managing.end, name="end"),
    re_path(rf"^subscribe/{CODE}/stop/$", managing.stop, name="stop"),
    re_path(rf"^subscribe/{CODE}/feed\.xml$", managing.feed, name="feed"),
]
