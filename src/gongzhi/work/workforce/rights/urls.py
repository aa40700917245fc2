"""Addresses of officers' rights: one page to report and see one's own, one for each matter."""

from django.urls import path

from gongzhi.work.workforce.rights import pages

app_name = "rights"
urlpatterns = [
    path("rights/", pages.index, name="index"),
    path("rights/<int:key>/", pages.one, name="one"),
    path("rights/<int:key>/more/", pages.more, name="more"),
    path("rights/<int:key>/help/", pages.wish, name="wish"),
    path("rights/<int:key>/head/", pages.head, name="head"),
    path("rights/<int:key>/withdraw/", pages.take_back, name="withdraw"),
    path("rights/<int:key>/step/<slug:code>/", pages.step, name="step"),
    path("rights/help/<int:key>/", pages.arrange, name="arrange"),
]
