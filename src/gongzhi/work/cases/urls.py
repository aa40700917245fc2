"""Addresses of cases."""

from django.urls import path

from gongzhi.work.cases.pages import case, deeds, lists, opening

app_name = "cases"
urlpatterns = [
    path("cases/", lists.cases, name="cases"),
    path("cases/open/", opening.opening, name="open"),
    path("cases/<int:key>/", case.case, name="case"),
    path("cases/<int:key>/step/<slug:code>/", deeds.step, name="step"),
    path("cases/<int:key>/approve/<slug:code>/", deeds.approve, name="approve"),
    path("cases/<int:key>/extend/<slug:code>/", deeds.extend, name="extend"),
    path("cases/<int:key>/journey/", deeds.journey, name="journey"),
    path("cases/<int:key>/begin/", deeds.begin, name="begin"),
    path("cases/<int:key>/end/", deeds.end, name="end"),
    path("cases/<int:key>/party/", deeds.add_party, name="party"),
    path("cases/<int:key>/receipt/", deeds.receipt, name="receipt"),
    path("cases/<int:key>/hand-over/", deeds.hand_over, name="hand_over"),
    path("cases/<int:key>/join/", deeds.join, name="join"),
    path("cases/<int:key>/leave/", deeds.leave, name="leave"),
    path("cases/<int:key>/task/", deeds.give_task, name="task"),
    path("cases/tasks/<int:key>/finish/", deeds.finish_task, name="finish"),
    path("cases/<int:key>/merge/", deeds.merge, name="merge"),
    path("cases/<int:key>/split/", deeds.split, name="split"),
    path("cases/<int:key>/archive/", deeds.archive, name="archive"),
]
