"""How many are wanted: from the forecast, changed by hand with a reason, and what the planner sees
of it; what somebody's own hours and nights add up to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.workforce.officers import actions as officers
from gongzhi.work.workforce.rosters import actions, foreseen
from gongzhi.work.workforce.rosters.foreseen import Foreseen
from gongzhi.work.workforce.rosters.models import Roster
from gongzhi.work.workforce.rosters.selectors.asked import asked_of
from gongzhi.work.workforce.rosters.selectors.hours import days_of, taken_over
from gongzhi.work.workforce.rosters.selectors.own import mine_of
from gongzhi.work.workforce.rosters.strength import hours_wanted, wanted_by_shift
from tests.work.workforce.officers.hands import NOW, account, by, held, leader, post, unit
from tests.work.workforce.rosters.test_rosters import (
    by_hand,
    december,
    inside,
    on,
    refused,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAYS = 31
BUSY_EVENING = tuple(1.8 if 16 <= hour < 23 else 0.1 for hour in range(24))


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        yield


@pytest.fixture
def station() -> list[Account]:
    """Eight officers in one post."""
    one = post()
    names = [f"officer{n}" for n in range(8)]
    for name in names:
        held(one, name)
    return [account(name) for name in names]


@pytest.fixture
def forecast(monkeypatch: pytest.MonkeyPatch) -> Foreseen:
    """Busy evenings, foreseen for a week and for this station alone."""
    whole = {on(n): BUSY_EVENING for n in range(1, DAYS + 1)}
    told = Foreseen(date(2026, 11, 30), on(6), whole, whole)

    def source(asked: Unit, first: date, last: date) -> Foreseen | None:
        return told if asked == unit() else None

    monkeypatch.setattr(foreseen, "_sources", [source])
    return told


def wishes(shift: str, day: date, roster: Roster) -> int:
    """How many are wanted on a shift."""
    codes = list(catalogue().roster_shifts)
    [one] = [
        it for it in asked_of(roster).problem.demands
        if it.day == (day - roster.month).days and codes[it.shift] == shift and it.skill is None
    ]  # fmt: skip
    return one.ideal


def test_the_same_people_go_where_the_calls_are() -> None:
    shifts = list(catalogue().roster_shifts.values())
    plain = wanted_by_shift(on(1), [0.0] * 24 * DAYS, shifts, 20)
    busy = wanted_by_shift(on(1), list(BUSY_EVENING) * DAYS, shifts, 20)
    late = [sum(day["late"] for day in one.values()) for one in (plain, busy)]
    assert late[1] > late[0]
    assert sum(sum(day.values()) for day in busy.values()) == pytest.approx(
        sum(sum(day.values()) for day in plain.values()), abs=3
    )
    assert all(day["late"] >= 3 and day["early"] >= 1 <= day["night"] for day in busy.values())


def test_more_than_there_are_people_is_still_wanted_and_never_less_than_the_minimum() -> None:
    shifts = list(catalogue().roster_shifts.values())
    [day] = wanted_by_shift(on(1), [6.0] * 24, shifts, 4).values()
    assert min(day.values()) == 10


def test_the_last_change_by_hand_counts() -> None:
    evening = (on(1), on(2), range(20, 24), 4)
    need = hours_wanted(on(1), 2, {on(1): BUSY_EVENING}, [evening, (*evening[:3], 2)])
    assert need[16:20] == [1.8] * 4
    assert need[20:24] == need[44:48] == [1.2] * 4


def test_a_roster_is_asked_for_by_the_forecast_and_made_from_it(
    station: list[Account], forecast: Foreseen
) -> None:
    head = inside("head", "unit_leader")
    said(head, "/rosters/new/", unit=str(unit().pk), month="2026-12", seconds="1", forecast="on")
    roster = Roster.objects.get()
    assert taken_over(roster) == forecast
    assert wishes("late", on(9), roster) == 3
    actions.stop_roster(leader(), roster)
    page = said(head, f"/rosters/{roster.pk}/hours/?day=2026-12-09")
    assert "人数按 2026-11-30 的预测" in page
    assert "预测没有到这一天" in page
    said(head, f"/rosters/{roster.pk}/hours/drop/", go="1")
    roster.refresh_from_db()
    assert (roster.foreseen, wishes("late", on(9), roster)) == (None, 2)


def test_without_a_forecast_it_says_so_and_goes_by_the_county(station: list[Account]) -> None:
    head = inside("head", "unit_leader")
    page = said(
        head, "/rosters/new/", unit=str(unit().pk), month="2026-12", seconds="1", forecast="on"
    )
    assert "还没有预测" in page
    roster = actions.stop_roster(leader(), Roster.objects.get())
    assert "还没有预测" in said(head, f"/rosters/{roster.pk}/hours/")
    with refused("no_forecast"):
        actions.take_forecast(leader(), roster)


def test_a_change_by_hand_has_a_reason_counts_and_can_be_read_when_it_is_withdrawn(
    station: list[Account], forecast: Foreseen
) -> None:
    roster = actions.stop_roster(leader(), december(made=False))
    head, address = inside("head", "unit_leader"), f"/rosters/{roster.pk}/hours/"
    night = {"first_day": "2026-12-11", "last_day": "2026-12-12", "first_hour": "15",
             "last_hour": "22", "officers": "5"}  # fmt: skip
    answer = head.post(f"{address}change/", {**night, "reason": " "})
    assert answer.status_code == 422
    said(head, f"{address}change/", **night, reason="周末夜市")
    roster.refresh_from_db()
    assert (wishes("late", on(11), roster), wishes("late", on(10), roster)) == (5, 2)
    [friday] = [one for one in days_of(roster, None) if one.day == on(11)]
    assert [one.nth for one in friday.hours if one.changed] == list(range(15, 23))
    assert "周末夜市" in said(head, address)
    one = roster.adjustments.get()
    said(head, f"/rosters/hours/{one.pk}/restore/", go="1")
    roster.refresh_from_db()
    assert roster.wanted == {}
    assert "撤回了" in said(head, address)
    with pytest.raises(Exception, match="本单位"):
        actions.take_forecast(by("stranger", "unit_leader", "station_dongjiao"), roster)


def test_who_is_there_counts_the_night_before_the_first(station: list[Account]) -> None:
    november = actions.ask_roster(leader(), unit(), date(2026, 11, 1), seconds=1)
    actions.stop_roster(leader(), november)
    actions.set_duty(leader(), november, station[0].pk, date(2026, 11, 30), "night")
    roster = by_hand(("officer1", 1, "early"))
    first = days_of(roster, None)[0]
    assert [one.there for one in first.hours] == [1] * 8 + [1] * 8 + [0] * 8


def test_hours_owe_no_leave_but_time_off_in_lieu(station: list[Account]) -> None:
    """December has 23 working days: 184 hours, of which leave of two takes 16."""
    by_hand(*(("officer0", day, "early") for day in (14, 15, 16, 17, 18)))
    [month] = mine_of(station[0]).months
    assert (month.hours, month.normal, month.more) == (40, 184, -144)
    for kind, first in (("annual", 2), ("compensatory", 7)):
        leave = officers.ask_leave(
            by("officer0"), station[0], kind, first_day=on(first), last_day=on(first + 1)
        )
        officers.decide_leave(leader(), leave, grant=True)
    [month] = mine_of(station[0]).months
    assert (month.normal, mine_of(station[0]).coming, mine_of(station[0]).due) == (168, -128, 0)


def test_somebody_sees_their_nights_beside_the_mean_and_nobody_elses(
    station: list[Account],
) -> None:
    nights = [("officer0", day, "night") for day in (2, 3, 4, 9, 10, 11)]
    by_hand(*nights, *((f"officer{n}", 20, "early") for n in range(1, 6)))
    burdens = {one.code: one for one in mine_of(station[0]).burdens}
    assert (burdens["nights"].own, burdens["nights"].mean, burdens["nights"].many) == (6, 1.0, True)
    page = said(inside("officer0"), "/shifts/")
    assert "单位人均 1.0" in page
    assert "比大家多" in page
    Roster.objects.get().duties.filter(account__in=station[1:6]).delete()
    assert mine_of(station[0]).burdens[0].mean is None  # too few for a mean to hide anybody


def test_a_certificate_that_lapses_in_a_night_does_not_count_for_it(
    station: list[Account],
) -> None:
    from tests.work.workforce.officers.hands import personnel

    officers.record_skill(personnel(), station[0], "firearms", since=date(2026, 1, 1), until=on(9))
    problem = asked_of(december(made=False)).problem
    codes = list(catalogue().skills)
    [who] = [one for one in problem.officers if one.key == station[0].pk]
    night = next(one for one in problem.shifts if one.night)
    late = next(one for one in problem.shifts if one.start == 15 * 60)
    firearms, ninth = codes.index("firearms"), 8 * 24 * 60
    assert who.holds(firearms, ninth + late.end)
    assert not who.holds(firearms, ninth + night.end)
    assert timedelta(minutes=night.end) > timedelta(days=1)
