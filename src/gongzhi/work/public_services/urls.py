"""Addresses of services, of forms, and of the counter."""

from django.urls import path

from gongzhi.work.public_services.api import description, routes
from gongzhi.work.public_services.pages import (
    desk,
    filling,
    following,
    guide,
    registers,
    reusing,
    sending,
    visits,
    walk_in,
)

app_name = "public_services"
urlpatterns = [
    path("services/", guide.services, name="services"),
    path("services/visits/", visits.visits, name="visits"),
    path("services/visits/visits.csv", visits.as_file, name="visits_file"),
    path("services/resume/", filling.resume, name="resume"),
    path("services/form/page/<slug:section>/", filling.page, name="page"),
    path("services/form/held/", registers.held, name="held"),
    path("services/form/own/<slug:field>/", registers.own, name="own"),
    path("services/form/reuse/", reusing.reuse, name="reuse"),
    path("services/form/papers/", sending.papers, name="papers"),
    path("services/form/drop/<int:key>/", sending.drop, name="drop"),
    path("services/form/send/", sending.send, name="send"),
    path("services/form/erase/", filling.erase, name="erase_form"),
    path("services/application/add/", following.add, name="add"),
    path("services/application/supplement/", following.supplement, name="supplement"),
    path("services/application/withdraw/", following.withdraw, name="withdraw"),
    path("services/application/erase/", following.erase, name="erase"),
    path("services/<slug:code>/", guide.service, name="service"),
    path("services/<slug:code>/check/", guide.can_i, name="check"),
    path("services/<slug:code>/apply/", filling.begin, name="apply"),
    path("api/v1/services/", routes.services, name="api_services"),
    path("api/v1/services/openapi.json", description.openapi, name="api_description"),
    path("api/v1/services/application", routes.follow, name="api_follow"),
    path("api/v1/services/application/materials/<slug:code>", routes.material, name="api_material"),
    path("api/v1/services/<slug:code>/schema", routes.schema, name="api_schema"),
    path("api/v1/services/<slug:code>/applications", routes.apply, name="api_apply"),
    path("applications/", desk.desk, name="desk"),
    path("applications/new/", walk_in.services, name="walk_in"),
    path("applications/new/<slug:code>/", walk_in.service, name="walk_in_service"),
    path("applications/numbers/", desk.numbers, name="numbers"),
    path("applications/<int:key>/", desk.application, name="application"),
    path("applications/<int:key>/material/<slug:code>/", desk.material, name="material"),
    path("applications/<int:key>/accept/", desk.accept, name="accept"),
    path("applications/<int:key>/ask/", desk.ask, name="ask"),
    path("applications/<int:key>/step/<slug:code>/", desk.step, name="step"),
    path("applications/<int:key>/visit/", desk.visit, name="visit"),
    path("applications/<int:key>/pass/", desk.pass_on, name="pass"),
    path("applications/<int:key>/file/<int:number>/", desk.file, name="file"),
    path("applications/<int:key>/receipt/", desk.receipt, name="receipt"),
]
