"""Addresses of sharing agreements: staff's, everybody's, programs'."""

from django.urls import path

from gongzhi.watch.exchange.agreements.api import routes, schema
from gongzhi.watch.exchange.agreements.pages import everybody, staff

app_name = "agreements"
urlpatterns = [
    path("about/data/agreements/", everybody.shared, name="shared"),
    path("sharing/", staff.agreements, name="agreements"),
    path("sharing/ask/", staff.choose, name="choose"),
    path("sharing/ask/<slug:code>/", staff.ask, name="ask"),
    path("sharing/<int:key>/", staff.agreement, name="agreement"),
    path("sharing/<int:key>/end/", staff.end, name="end"),
    path("sharing/<int:key>/withdraw/", staff.withdraw, name="withdraw"),
    path("sharing/<int:key>/key/", staff.make_key, name="make_key"),
    path("sharing/<int:key>/decide/<slug:part>/", staff.decide, name="decide"),
    path("api/agreements/v1/openapi.json", schema.openapi, name="openapi"),
    path("api/agreements/v1/", routes.api.urls),
]
