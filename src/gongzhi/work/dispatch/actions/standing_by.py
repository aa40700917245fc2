"""Asking a free unit to stand by somewhere else; it stays free, and may say that it can't."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.events import STAND_BY_ANSWERED, STAND_BY_ASKED, STAND_BY_ENDED
from gongzhi.work.dispatch.models import ResponseUnit, StandBy
from gongzhi.work.dispatch.permissions import ASSIGN, DUTY, require_crew
from gongzhi.work.dispatch.rows import held_unit
from gongzhi.work.dispatch.states import Status


@action
def ask_to_stand_by(
    by: Actor,
    unit: ResponseUnit,
    point: Point,
    *,
    place_zh: str,
    place_en: str = "",
    within: float | None = None,
) -> StandBy:
    """Ask a free unit to wait there for its next incident; asked again, the last place holds.

    `within`: the part of calls that would be reached as promised then. Refuses a unit that isn't
    free.
    """
    require(by, ASSIGN)
    held = held_unit(unit)
    if held.status != Status.FREE:
        raise Refused(
            _("%(unit)s现在“%(status)s”，不能请它移动待命。")
            % {"unit": held, "status": held.get_status_display()},
            code="unit_not_free",
            status=409,
        )
    asked, _new = StandBy.objects.update_or_create(
        unit=held,
        defaults={
            "place_zh": place_zh, "place_en": place_en, "lat": point.lat, "lon": point.lon,
            "asked_at": now(), "accepted_at": None,
        },
    )  # fmt: skip
    record(STAND_BY_ASKED, held, unit=held.pk, code=held.code, within=within)
    return asked


@action
def answer_stand_by(by: Actor, unit: ResponseUnit, *, accepts: bool) -> ResponseUnit:
    """The crew goes there, or says that it can't: then nobody expects it."""
    held, asked = _standing(unit)
    require_crew(by, held, DUTY)
    if accepts:
        asked.accepted_at = now()
        asked.save(update_fields=["accepted_at"])
    else:
        asked.delete()
    record(STAND_BY_ANSWERED, held, unit=held.pk, code=held.code, accepted=accepts)
    return held


@action
def end_stand_by(by: Actor, unit: ResponseUnit) -> ResponseUnit:
    """The desk needs the unit there no more."""
    require(by, ASSIGN)
    held, asked = _standing(unit)
    asked.delete()
    record(STAND_BY_ENDED, held, unit=held.pk, code=held.code)
    return held


def _standing(unit: ResponseUnit) -> tuple[ResponseUnit, StandBy]:
    held = held_unit(unit)
    asked = StandBy.objects.filter(unit=held).first()
    if asked is None:
        words = _("现在没有请%(unit)s移动待命。") % {"unit": held}
        raise Refused(words, code="no_stand_by", status=409)
    return held, asked
