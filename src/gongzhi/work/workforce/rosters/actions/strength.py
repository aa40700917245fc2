"""How many are wanted: taken over from the forecast, changed by hand with a reason, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.rosters import events
from gongzhi.work.workforce.rosters.foreseen import foreseen_for
from gongzhi.work.workforce.rosters.holding import held_roster, touch
from gongzhi.work.workforce.rosters.models import Adjustment, Roster
from gongzhi.work.workforce.rosters.permissions import require_planner
from gongzhi.work.workforce.rosters.selectors.asked import planned_here
from gongzhi.work.workforce.rosters.selectors.hours import hours_of
from gongzhi.work.workforce.rosters.strength import wanted_by_shift

MOST = 100
MOST_WORDS = 200


@dataclass(frozen=True)
class NewStrength:
    """So many ``officers`` in the hours from the first through the last, on these days."""

    first_day: date
    last_day: date
    first_hour: int
    last_hour: int
    officers: int
    reason: str


@action
def take_forecast(by: Actor, roster: Roster) -> Roster:
    """Want so many as the latest forecast needs; what was changed by hand stays. Refuses (409)
    where there is no forecast."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    _require_still(held)
    found = foreseen_for(held.unit, held.month, held.last_day)
    if found is None:
        raise Refused(_("这个月还没有预测，人数按县里的比例。"), code="no_forecast", status=409)
    held.foreseen = found.as_json()
    _reckon(held)
    record(events.FORECAST_TAKEN, held, unit=held.unit_id, made_on=found.made_on.isoformat())
    return held


@action
def drop_forecast(by: Actor, roster: Roster) -> Roster:
    """Back to the county's shares. Refuses (409) where none was taken over."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    _require_still(held)
    if held.foreseen is None:
        raise Refused(_("现在就没有按预测。"), code="not_now", status=409)
    held.foreseen = None
    _reckon(held)
    record(events.FORECAST_DROPPED, held, unit=held.unit_id)
    return held


@action
def change_strength(by: Actor, roster: Roster, new: NewStrength) -> Adjustment:
    """Want another number in some hours, and say why. Refuses (422) days of another month, hours
    in a wrong order, and no reason."""
    held = held_roster(roster)
    account = require_planner(by, held.unit)
    _require_still(held)
    for name, words in _faults(held, new).items():
        if words:
            raise Refused(str(words), code=name, status=422, fields={name: str(words)})
    made = Adjustment.objects.create(
        roster=held, first_day=new.first_day, last_day=new.last_day,
        first_hour=new.first_hour, last_hour=new.last_hour, officers=new.officers,
        reason=new.reason.strip(), made_by=account, made_at=now(),
    )  # fmt: skip
    _reckon(held)
    record(events.STRENGTH_CHANGED, held, unit=held.unit_id, officers=new.officers)
    return made


@action
def restore_strength(by: Actor, adjustment: Adjustment) -> Adjustment:
    """The change counts no more; that there was one stays to be read."""
    held = held_roster(adjustment.roster)
    require_planner(by, held.unit)
    _require_still(held)
    one = Adjustment.objects.select_for_update().get(pk=adjustment.pk)
    if one.withdrawn_at is not None:
        raise Refused(_("已经撤回了。"), code="not_now", status=409)
    one.withdrawn_at = now()
    one.save(update_fields=["withdrawn_at"])
    _reckon(held)
    record(events.STRENGTH_RESTORED, held, unit=held.unit_id)
    return one


def _reckon(held: Roster) -> None:
    """From the hours to the shifts; nothing of its own where neither forecast nor anybody asks."""
    hours = hours_of(held)
    held.wanted = {}
    if hours is not None:
        people = len(planned_here(held))
        shifts = list(catalogue().roster_shifts.values())
        try:
            held.wanted = wanted_by_shift(held.month, hours.need, shifts, people)
        except ValueError as wrong:
            words = _("有的时间没有一个班管得到，先看看班次。")
            raise Refused(words, code="hours", status=422) from wrong
    held.save(update_fields=["foreseen", "wanted"])
    touch(held)


def _require_still(held: Roster) -> None:
    if held.under_way:
        raise Refused(_("正在排，请等一等，或者先停下。"), code="under_way", status=409)


def _faults(held: Roster, new: NewStrength) -> dict[str, object]:
    inside = held.month <= new.first_day <= new.last_day <= held.last_day
    said = new.reason.strip()
    return {
        "first_day": not inside and _("请写这个月以内的日子，先后别写反。"),
        "last_hour": not 0 <= new.first_hour <= new.last_hour <= 23 and _("钟点先后别写反。"),
        "officers": not 0 <= new.officers <= MOST and _("请写 0–100 人。"),
        "reason": not 0 < len(said) <= MOST_WORDS and _("请写为什么，最多 200 个字。"),
    }
