"""What people do with a roster: publish it, set a cell, move a shift, wish."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.permissions import require_self
from gongzhi.work.workforce.rosters import events
from gongzhi.work.workforce.rosters.holding import held_roster, put, shift_of, touch
from gongzhi.work.workforce.rosters.models import Duty, Edition, Roster, Wish
from gongzhi.work.workforce.rosters.permissions import require_planner
from gongzhi.work.workforce.rosters.selectors.asked import asked_of
from gongzhi.work.workforce.rosters.states import State

MOST_WISHES = 4
"""Of a month, so that a wish means something."""


@action
def publish_roster(by: Actor, roster: Roster) -> Roster:
    """Show it to whoever is in it. Refuses (409) an empty one, or one being made. A broken rule
    doesn't stop it: the page says which, and who publishes answers for it."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    rows = held.duties.exclude(shift="").values_list("account_id", "day", "shift")
    lines: dict[str, dict[str, str]] = {}
    for account, day, shift in rows.order_by("account_id", "day"):
        lines.setdefault(str(account), {})[day.isoformat()] = shift
    if held.under_way or not lines:
        raise Refused(_("还没有排好，发布不了。"), code="not_now", status=409)
    held.state, held.version, held.changed = State.PUBLISHED, held.version + 1, False
    held.published_at = now()
    held.save(update_fields=["state", "version", "changed", "published_at"])
    Edition.objects.create(
        roster=held, version=held.version, lines=lines, published_at=held.published_at
    )
    record(events.ROSTER_PUBLISHED, held, unit=held.unit_id, version=held.version)
    return held


@action
def set_duty(
    by: Actor, roster: Roster, account: int, day: date, shift: str, *, pinned: bool = True
) -> Roster:
    """What somebody does on a day; empty: a day off. Refuses (422) a day of another month, a shift
    or a person that there isn't."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    _require_cell(held, account, day, shift)
    put(held, account, day, shift, pinned=pinned)
    touch(held)
    record(events.DUTY_SET, held, unit=held.unit_id, on=day.isoformat(), pinned=pinned)
    return held


@action
def move_duty(by: Actor, roster: Roster, account: int, day: date, to: int, to_day: date) -> Roster:
    """A shift goes to another day or somebody else; what is there comes back in exchange."""
    held = held_roster(roster)
    require_planner(by, held.unit)
    first, second = shift_of(held, account, day), shift_of(held, to, to_day)
    _require_cell(held, account, day, second)
    _require_cell(held, to, to_day, first)
    put(held, account, day, second, pinned=bool(second))
    put(held, to, to_day, first, pinned=bool(first))
    touch(held)
    record(events.DUTY_SET, held, unit=held.unit_id, on=to_day.isoformat(), pinned=True)
    return held


def _require_cell(roster: Roster, account: int, day: date, shift: str) -> None:
    wrong = not roster.month <= day <= roster.last_day
    if wrong or (shift and shift not in catalogue().roster_shifts):
        raise Refused(_("没有这一天，或者没有这个班。"), code="cell", status=422)
    if account not in asked_of(roster).people:
        raise Refused(_("这个人不在这张班表里。"), code="person", status=422)
    elsewhere = Duty.objects.filter(account_id=account, day=day).exclude(roster=roster)
    if elsewhere.exists():
        words = _("这个人那天在别的单位有班。")
        raise Refused(words, code="elsewhere", status=409)


@action
def tell_wish(by: Actor, account: Account, day: date, *, shift: str = "", on: bool) -> Wish:
    """A day that somebody would rather work or have off. Refuses (422) the past, and more than
    `MOST_WISHES` a month."""
    require_self(by, account)
    first = day.replace(day=1)
    own = Wish.objects.filter(account=account, day__year=day.year, day__month=first.month)
    if day <= today() or (shift and shift not in catalogue().roster_shifts):
        words = _("请选明天以后的一天。")
        raise Refused(words, code="day", status=422, fields={"day": words})
    if own.exclude(day=day).count() >= MOST_WISHES:
        words = _("一个月最多提 4 个愿望。")
        raise Refused(words, code="many", status=422, fields={"day": words})
    wish, _made = Wish.objects.update_or_create(
        account=account, day=day, defaults={"shift": shift, "on": on}
    )
    record(events.WISH_TOLD, wish, on=day.isoformat())
    return wish
