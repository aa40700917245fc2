"""Addresses of complaints."""

from django.urls import path

from gongzhi.work.complaints.pages import complaining, handling

app_name = "complaints"
urlpatterns = [
    path("complain/", complaining.complain, name="complain"),
    path("complain/withdraw/", complaining.withdraw, name="withdraw"),
    path("complain/review/", complaining.review, name="review"),
    path("complain/erase/", complaining.erase, name="erase"),
    path("complaints/", handling.complaints, name="complaints"),
    path("complaints/<int:key>/", handling.complaint, name="complaint"),
    path("complaints/<int:key>/step/<slug:code>/", handling.step, name="step"),
    path("complaints/<int:key>/unit/", handling.unit, name="unit"),
    path("complaints/<int:key>/pass/", handling.hand_on, name="pass"),
]
