"""Every address of the platform."""

from django.urls import include, path

from gongzhi.config import health

urlpatterns = [
    path("health/live", health.live, name="alive"),
    path("health/ready", health.ready, name="ready"),
    path("", include("gongzhi.watch.live.urls")),
    path("", include("gongzhi.watch.supervision.urls")),
    path("", include("gongzhi.watch.replay.urls")),
    path("", include("gongzhi.watch.maps.urls")),
    path("", include("gongzhi.watch.notices.urls")),
    path("", include("gongzhi.watch.outcomes.urls")),
    path("", include("gongzhi.watch.operations.urls")),
    path("", include("gongzhi.watch.retention.urls")),
    path("open311/", include("gongzhi.watch.exchange.open311.urls")),
    path("api/features/v1/", include("gongzhi.watch.exchange.features.urls")),
    path("", include("gongzhi.work.dispatch.urls")),
    path("", include("gongzhi.work.crews.urls")),
    path("", include("gongzhi.work.linked.urls")),
    path("", include("gongzhi.work.cases.urls")),
    path("", include("gongzhi.work.command.urls")),
    path("", include("gongzhi.work.patrol.forecasts.urls")),
    path("", include("gongzhi.work.complaints.urls")),
    path("", include("gongzhi.work.personal.urls")),
    path("", include("gongzhi.work.dossier.urls")),
    path("", include("gongzhi.watch.exchange.alerts.urls")),
    path("", include("gongzhi.watch.exchange.webhooks.urls")),
    path("", include("gongzhi.watch.exchange.opendata.urls")),
    path("", include("gongzhi.watch.exchange.agreements.urls")),
    path("", include("gongzhi.watch.exchange.datasets.urls")),
    path("", include("gongzhi.watch.exchange.publishing.urls")),
    path("", include("gongzhi.watch.exchange.receiving.urls")),
    path("series/", include("gongzhi.work.prevention.linking.urls")),
    path("problems/", include("gongzhi.work.prevention.problems.urls")),
    path("patrol/posts/", include("gongzhi.work.patrol.posts.urls")),
    path("simulations/", include("gongzhi.work.patrol.simulations.urls")),
    path("ask/", include("gongzhi.work.consultation.urls")),
    path("patrol/nodes/", include("gongzhi.work.patrol.nodes.urls")),
    path("patrol/", include("gongzhi.work.patrol.plans.urls")),
    path("warnings/", include("gongzhi.work.prevention.warnings.urls")),
    path("", include("gongzhi.work.public_services.urls")),
    path("", include("gongzhi.work.appointments.urls")),
    path("", include("gongzhi.work.proposals.urls")),
    path("", include("gongzhi.work.volunteering.urls")),
    path("", include("gongzhi.work.workforce.officers.urls")),
    path("", include("gongzhi.work.workforce.movement.urls")),
    path("", include("gongzhi.work.workforce.appraisal.urls")),
    path("integrity/", include("gongzhi.work.workforce.integrity.urls")),
    path("care/", include("gongzhi.work.workforce.care.urls")),
    path("", include("gongzhi.work.workforce.rights.urls")),
    path("", include("gongzhi.work.workforce.rosters.urls")),
    path("", include("gongzhi.work.joint.urls")),
    path("", include("gongzhi.work.participation.urls")),
    path("", include("gongzhi.work.calls.urls")),
    path("", include("gongzhi.base.files.urls")),
    path("", include("gongzhi.base.access.urls")),
    path("", include("gongzhi.base.places.urls")),
    path("", include("gongzhi.base.people.urls")),
    path("", include("gongzhi.base.ui.urls")),
]

handler400 = "gongzhi.base.ui.pages.bad_request"
handler403 = "gongzhi.base.ui.pages.permission_denied"
handler404 = "gongzhi.base.ui.pages.page_not_found"
handler500 = "gongzhi.base.ui.pages.server_error"
