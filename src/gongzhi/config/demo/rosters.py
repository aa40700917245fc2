"""A demo station's rosters: two months that were worked by a rota, and the next one, made from the
forecast where there is one, published, one sick call repaired, one swap agreed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongzhi.analysis.roster import Officer, cost
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.actions import ask_leave
from gongzhi.work.workforce.officers.days import day_of
from gongzhi.work.workforce.rosters import actions
from gongzhi.work.workforce.rosters.holding import Line
from gongzhi.work.workforce.rosters.models import Duty, Roster
from gongzhi.work.workforce.rosters.selectors.asked import Asked, asked_of
from gongzhi.work.workforce.rosters.states import RepairState
from gongzhi.work.workforce.rosters.working import work_now

SECONDS = 4
"""For the computer: a demo is made while somebody waits."""
ROTA, NIGHTS = "EELLNN---", "NNN--L-"
"""Early, late, night, free; the demo's officer stood in for night after night."""


def load_rosters(by: Actor, until: datetime) -> str:
    """Plan the month after `until` for the station of the demo's officer; says what happened."""
    with moment(until):
        return _load(until)


def _load(until: datetime) -> str:
    leader = Account.objects.select_related("unit__parent").get(username="unit_leader")
    me = Account.objects.select_related("unit").get(username="officer")
    this = day_of(until).replace(day=1)
    for month in ((this - timedelta(days=1)).replace(day=1), this):
        _worked(leader, me, month)
    first = (day_of(until).replace(day=28) + timedelta(days=4)).replace(day=1)
    planner = Actor.account(leader)
    roster = actions.ask_roster(planner, leader.unit, first, seconds=SECONDS, forecast=True)
    roster = _busy_weekend(planner, roster)
    work_now(roster)
    roster.refresh_from_db()
    if not roster.duties.exists():
        return f"no roster of {first:%Y-%m} was found"
    roster = actions.publish_roster(planner, roster)
    mended = _mended(planner, roster, me, first)
    swapped = _swapped(roster, me, first)
    actions.publish_roster(planner, roster)
    by_what = "the forecast" if roster.foreseen else "the county's shares"
    shifts = roster.duties.count()
    return f"{first:%Y-%m} by {by_what}: {shifts} shifts, {mended}, {swapped}"


def _worked(leader: Account, me: Account, month: date) -> None:
    """A month of the station's old rota, everybody some days further on in it."""
    planner, begun = Actor.account(leader), month - timedelta(days=5)
    with moment(datetime.combine(begun, time(9), timezone.get_default_timezone())):
        roster = actions.ask_roster(planner, leader.unit, month)
        asked = asked_of(roster)
        lines = {
            one.key: _turns(asked, one, month, NIGHTS if one.key == me.pk else ROTA, nth)
            for nth, one in enumerate(asked.problem.officers)
        }
        spent = cost(asked.problem, lines)
        roster = actions.keep_roster(planner, roster, lines, cost=spent, bound=0)
        actions.publish_roster(planner, roster)


def _turns(asked: Asked, officer: Officer, month: date, rota: str, ahead: int) -> Line:
    """Days of leave are free, and the one before a night would run into."""
    codes = {"E": "early", "L": "late", "N": "night"}
    line: list[int | None] = []
    for day in range(asked.problem.days):
        turn = rota[(month.toordinal() + day + 2 * ahead) % len(rota)]
        key = asked.key(codes[turn]) if turn in codes else None
        out = {day, day + 1} & officer.away or key in officer.never
        line.append(None if out else key)
    return tuple(line)


def _busy_weekend(planner: Actor, roster: Roster) -> Roster:
    """What no forecast knows: a night market, and who plans wants more there."""
    friday = roster.month + timedelta(days=(4 - roster.month.weekday()) % 7)
    actions.stop_roster(planner, roster)
    evening = actions.NewStrength(
        friday, friday + timedelta(days=1), 19, 22, 6, "周末夜市开市，码头一带人多。"
    )
    actions.change_strength(planner, roster, evening)
    return actions.go_on_with(planner, roster)


def _mended(leader: Actor, roster: Roster, me: Account, first: date) -> str:
    ill = Duty.objects.filter(roster=roster, day__gte=first + timedelta(days=9)).exclude(
        account=me
    ).exclude(shift="").order_by("day", "pk").select_related("account").first()  # fmt: skip
    if ill is None:
        return "nobody ill"
    day = ill.day
    one = actions.tell_absence(leader, roster, ill.account, day, day + timedelta(days=1))
    actions.decide_repair(leader, one, RepairState.ACCEPTED)
    ask_leave(
        Actor.account(ill.account), ill.account, "sick", first_day=day,
        last_day=day + timedelta(days=1),
    )  # fmt: skip
    return f"a sick call with {len(one.changes)} changes"


def _swapped(roster: Roster, me: Account, first: date) -> str:
    """The first even exchange with a colleague that breaks no rule."""
    rows = Duty.objects.filter(roster=roster, day__gte=first + timedelta(days=3)).exclude(shift="")
    rows = rows.select_related("account", "roster__unit__parent").order_by("day", "pk")
    own = list(rows.filter(account=me)[:6])
    for given in own:
        for wanted in rows.exclude(account=me).exclude(day__in=[one.day for one in own])[:10]:
            offer = actions.make_offer(Actor.account(me), given, wanted=wanted)
            try:
                actions.take_offer(Actor.account(wanted.account), offer, wanted.account)
            except Refused:
                actions.withdraw_offer(Actor.account(me), offer)
            else:
                return "one swap"
    return "no swap"
