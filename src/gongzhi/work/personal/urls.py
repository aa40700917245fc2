"""Addresses of people's own data, and of whoever decides on requests about it."""

from django.urls import path

from gongzhi.work.personal.pages import deciding, files, mine

app_name = "personal"
urlpatterns = [
    path("my-data/", mine.mine, name="mine"),
    path("my-data/looks/", mine.looks, name="looks"),
    path("my-data/copy/", mine.copy, name="copy"),
    path("my-data/ask/", mine.ask, name="ask"),
    path("my-data/withdraw/", mine.withdraw, name="withdraw"),
    path("personal/", deciding.requests, name="requests"),
    path("personal/files/", files.files, name="files"),
    path("personal/files/new/", files.new, name="new_file"),
    path("personal/files/<int:key>/", files.one, name="file"),
    path("personal/files/<int:key>/step/<slug:code>/", files.step, name="file_step"),
    path("personal/<int:key>/", deciding.one, name="request"),
    path("personal/<int:key>/step/<slug:code>/", deciding.step, name="step"),
]
