"""Addresses of outside warnings, beside the desk where warnings are written."""

from django.urls import path

from gongzhi.watch.exchange.alerts import pages

app_name = "alerts"
urlpatterns = [
    path("warnings/desk/outside/", pages.outside, name="outside"),
    path("warnings/desk/outside/<int:key>/hand-on/", pages.hand_on, name="hand_on"),
    path("warnings/desk/outside/<int:key>/set-aside/", pages.set_aside, name="set_aside"),
    path("warnings/desk/outside/<int:key>/as-it-came/", pages.as_it_came, name="as_it_came"),
]
