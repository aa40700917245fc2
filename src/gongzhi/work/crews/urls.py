"""Addresses of the crew's phone, and of what the desk is warned of."""

from django.urls import path

from gongzhi.work.crews.pages import alarms, duty, phone, reports

app_name = "crews"
urlpatterns = [
    path("crew/", phone.phone, name="phone"),
    path("crew/now/", phone.piece, name="piece"),
    path("crew/app.webmanifest", phone.manifest, name="manifest"),
    path("crew/on-duty/", duty.on_duty, name="on_duty"),
    path("crew/duty/", duty.duty, name="duty"),
    path("crew/stand-by/", duty.stand_by, name="stand_by"),
    path("crew/report/", reports.report, name="report"),
    path("crew/position/", reports.position, name="position"),
    path("console/alarms/", alarms.piece, name="alarms"),
    path("console/alarms/<int:key>/acknowledge/", alarms.acknowledge, name="acknowledge"),
    path("console/alarms/<int:key>/stand-down/", alarms.stand_down, name="stand_down"),
    path("console/check-ins/<int:key>/", alarms.by_radio, name="by_radio"),
]
