"""Addresses of command lanes."""

from django.urls import path

from gongzhi.work.command.pages import deeds, lanes

app_name = "command"
urlpatterns = [
    path("command/", lanes.lane_list, name="lanes"),
    path("command/open/", deeds.open_lane, name="open"),
    path("command/roll/<int:key>/", deeds.answer, name="answer"),
    path("command/<int:key>/", lanes.lane, name="lane"),
    path("command/<int:key>/report/", lanes.report, name="report"),
    path("command/<int:key>/report.pdf", lanes.report_pdf, name="report_pdf"),
    path("command/<int:key>/do/<slug:what>/", deeds.deed, name="deed"),
]
