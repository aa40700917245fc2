"""Addresses of volunteering: for everybody, by code, and for the unit."""

from django.urls import path

from gongzhi.work.volunteering.pages import desk, mine, public

app_name = "volunteering"
urlpatterns = [
    path("volunteer/", public.listed, name="list"),
    path("volunteer/open/", public.open_code, name="open"),
    path("volunteer/mine/", mine.mine, name="mine"),
    path("volunteer/mine/forget/", mine.forget, name="forget"),
    path("volunteer/mine/hours.pdf", mine.hours, name="hours"),
    path("volunteer/mine/<int:key>/<slug:what>/", mine.deed, name="deed"),
    path("volunteer/<int:key>/", public.task, name="task"),
    path("volunteer/<int:key>/join/", public.join, name="join"),
    path("volunteer/<int:key>/thanks/", public.send_thanks, name="send_thanks"),
    path("tasks/", desk.desk, name="desk"),
    path("tasks/new/", desk.new, name="new"),
    path("tasks/<int:key>/", desk.run, name="run"),
    path("tasks/<int:key>/cancel/", desk.cancel, name="cancel"),
    path("tasks/<int:key>/thank/", desk.thank, name="thank"),
    path("tasks/parts/<int:key>/here/", desk.mark, name="mark"),
    path("tasks/parts/<int:key>/trained/", desk.trained, name="trained"),
    path("tasks/parts/<int:key>/contact/", desk.contact, name="contact"),
    path("tasks/thanks/<int:key>/", desk.look, name="look"),
]
