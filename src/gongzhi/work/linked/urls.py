"""Addresses of linked response."""

from django.urls import path, re_path

from gongzhi.work.linked.api import routes, schema
from gongzhi.work.linked.pages import by_link, inbox, late

CODE = r"(?P<code>[A-Za-z0-9_-]{32})"

app_name = "linked"
urlpatterns = [
    path("linked/", inbox.inbox, name="inbox"),
    path("linked/now/", inbox.inbox_piece, name="inbox_piece"),
    path("linked/late/", late.late, name="late"),
    path("linked/late/now/", late.late_piece, name="late_piece"),
    path("linked/late/<int:key>/phoned/", late.phoned, name="late_phoned"),
    path("linked/late/<int:key>/said/", late.said, name="late_said"),
    path("linked/<int:key>/answer/", inbox.answer, name="answer"),
    path("linked/<int:key>/contact/", inbox.contact, name="contact"),
    re_path(rf"^linked/{CODE}/$", by_link.link, name="link"),
    re_path(rf"^linked/{CODE}/answer/$", by_link.answer, name="link_answer"),
    re_path(rf"^linked/{CODE}/contact/$", by_link.contact, name="link_contact"),
    path("api/linked/v1/openapi.json", schema.openapi, name="openapi"),
    path("api/linked/v1/", routes.api.urls),
]
