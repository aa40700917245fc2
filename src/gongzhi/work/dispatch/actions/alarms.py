"""How much is sent to an incident: its alarm level."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.events import ALARM_LOWERED, ALARM_RAISED
from gongzhi.work.dispatch.models import Alarm
from gongzhi.work.dispatch.permissions import ASSIGN
from gongzhi.work.dispatch.rows import held_incident, require_open
from gongzhi.work.dispatch.selectors.card import level_of, plan_of
from gongzhi.work.dispatch.states import WHY_LOWER


@action
def raise_alarm(by: Actor, matter: Matter, level: int) -> Alarm:
    """Raise the alarm level: the run card wants more from now on; nobody is sent by it.

    Refuses a level that isn't higher, and one of which the card says nothing.
    """
    require(by, ASSIGN)
    held = held_incident(matter)
    require_open(held)
    before = level_of(held)
    if level <= before:
        said = _("现在已经是 %(level)s 级响应，请刷新后再看。") % {"level": before}
        raise Refused(said, code="level_already", status=409)
    highest = max(plan_of(held, before).highest, 3)
    if level > highest:
        said = _("这类警情最高是 %(level)s 级响应。") % {"level": highest}
        raise Refused(said, code="level_too_high", status=409)
    alarm = _set(held, level)
    record(ALARM_RAISED, held, level=level, before=before)
    return alarm


@action
def lower_alarm(by: Actor, matter: Matter, level: int, *, why: str) -> Alarm:
    """Lower the alarm level, with a reason of `WHY_LOWER`. Who was sent stays until recalled."""
    require(by, ASSIGN)
    held = held_incident(matter)
    require_open(held)
    before = level_of(held)
    if not 1 <= level < before:
        said = _("现在是 %(level)s 级响应，请刷新后再看。") % {"level": before}
        raise Refused(said, code="level_already", status=409)
    if why not in WHY_LOWER:
        said = _("请选为什么降级。")
        raise Refused(said, code="no_reason", status=422, fields={"why": said})
    alarm = _set(held, level)
    record(ALARM_LOWERED, held, level=level, before=before, why=why)
    return alarm


def _set(matter: Matter, level: int) -> Alarm:
    changed = {"level": level, "since": now()}
    alarm, _created = Alarm.objects.update_or_create(matter=matter, defaults=changed)
    return alarm
