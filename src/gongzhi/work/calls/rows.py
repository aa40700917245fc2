"""Incidents as the actions hold them: locked in one order."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused


def locked_incidents(*keys: int) -> dict[int, Matter]:
    """The incidents, locked in one order, so that nobody waits crosswise."""
    found = Matter.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {matter.pk: matter for matter in found if matter.procedure == "incident"}


def require_open(matter: Matter | None) -> Matter:
    """The incident, while calls can join it. Refuses a closed or imported one, and none."""
    if matter is None or matter.closed_at is not None or matter.county_id is not None:
        wrong = _("只能并入还没办结的警情。这一起已经办结，请另立一起。")
        raise Refused(wrong, code="incident_closed", status=409, fields={"joins": wrong})
    return matter
