"""Saying that ways are slow or closed, and that they are open again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import shapely
from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.places.rows import geojson_text
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.conditions import forget_conditions
from gongzhi.work.dispatch.events import WAY_OPENED, WAY_SLOWED
from gongzhi.work.dispatch.models import ResponseUnit, WayCondition
from gongzhi.work.dispatch.permissions import CONDITIONS

LONGEST = timedelta(days=60)
"""Whatever lasts longer belongs into the network."""


@dataclass(frozen=True)
class NewCondition:
    """``speed``: per cent of the usual that are left (0: closed); ``kinds`` of units that it
    concerns, none: all; ``ferries``: only ferries, no road; ``source``: what it hangs on, if not
    the desk."""

    shape: shapely.Geometry
    place: str
    speed: int
    reason: str
    until: datetime
    kinds: Sequence[str] = ()
    ferries: bool = False
    note: str = ""
    source: str = ""
    since: datetime | None = None
    """Now, when None or past."""


@action
def set_condition(by: Actor, new: NewCondition) -> WayCondition:
    """Reckon travel times with it at once. Refuses a time that is over or too far, a place that is
    no area, and what slows nobody."""
    require(by, CONDITIONS)
    _check(new)
    condition = WayCondition.objects.create(
        speed=new.speed,
        kinds=sorted(set(new.kinds)),
        ferries=new.ferries,
        reason=new.reason,
        note=new.note.strip(),
        place=new.place.strip(),
        geometry=geojson_text(new.shape),
        source=new.source,
        began_at=max(new.since or now(), now()),
        until=new.until,
        set_by=by.source if isinstance(by.source, Account) else None,
    )
    record(WAY_SLOWED, condition, condition=condition.pk, speed=new.speed, reason=new.reason,
           until=new.until)  # fmt: skip
    transaction.on_commit(forget_conditions)
    return condition


@action
def lift_condition(by: Actor, condition: WayCondition) -> WayCondition:
    """The ways are open again. Refuses when they are already."""
    require(by, CONDITIONS)
    held = WayCondition.objects.select_for_update().get(pk=condition.pk)
    if held.lifted_at is not None or held.until <= now():
        raise Refused(_("这一条已经恢复了。"), code="open_already", status=409)
    held.lifted_at = now()
    held.save(update_fields=["lifted_at"])
    record(WAY_OPENED, held, condition=held.pk)
    transaction.on_commit(forget_conditions)
    return held


def _check(new: NewCondition) -> None:
    begins = max(new.since or now(), now())
    if not begins < new.until <= now() + LONGEST:
        wrong = _("到什么时候为止？要在现在以后、两个月以内。")
        raise Refused(wrong, code="bad_end", status=422, fields={"until": wrong})
    if not new.place.strip() or len(new.place) > 200 or len(new.note) > 120:
        wrong = _("请写清是哪里，不超过 200 个字。")
        raise Refused(wrong, code="bad_place", status=422, fields={"place": wrong})
    if new.shape.is_empty or new.shape.geom_type not in ("Polygon", "MultiPolygon"):
        wrong = _("请在地图上点一个地方，或者选一个乡镇。")
        raise Refused(wrong, code="no_area", status=422, fields={"area": wrong})
    unknown = set(new.kinds) - set(ResponseUnit.Kind.values)
    if not 0 <= new.speed < 100 or new.reason not in WayCondition.Reason.values or unknown:
        raise Refused(_("没有这种路况。"), code="unknown_condition", status=422)
