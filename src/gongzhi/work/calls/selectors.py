"""What the call-taker's page and the actions read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.matters.similar import Similar, Window, similar_matters
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.models import Call

DESK = "command_centre"
SAME = Window("incident", timedelta(hours=4), radius=400, closed_within=timedelta(minutes=30))
"""Among which incidents a new call's own may be: people see one thing from some streets away."""


def duty_desk() -> Unit:
    """The unit that owns new incidents: the command centre, else the bureau."""
    desk = Unit.objects.filter(code=DESK).first()
    desk = desk or Unit.objects.filter(kind=Unit.Kind.BUREAU).order_by("pk").first()
    if desk is None:
        raise Refused(
            _("还没有设立指挥中心，也没有公安局，警情没有单位可以接。"), code="no_desk", status=409
        )
    return desk


def call_of_key(key: str) -> Call | None:
    """The call that was received with this idempotency key."""
    return Call.objects.select_related("matter").filter(idempotency_key=key).first()


def likely_same(
    point: Point, category: str, at: datetime, *, words: str = "", limit: int = 4
) -> list[Similar]:
    """Incidents that a call about this place may be about, too, the likeliest first."""
    return similar_matters(SAME, point, category, at, words=words, limit=limit)
