"""A month is planned, published, changed, mended and swapped; and each sees their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import actions as officers
from gongzhi.work.workforce.officers.states import Cannot
from gongzhi.work.workforce.rosters import actions
from gongzhi.work.workforce.rosters.calendars import token_of
from gongzhi.work.workforce.rosters.models import Duty, Offer, Repair, Roster
from gongzhi.work.workforce.rosters.selectors.asked import asked_of
from gongzhi.work.workforce.rosters.selectors.grid import grid_of
from gongzhi.work.workforce.rosters.states import OfferState, RepairState, State, Work
from gongzhi.work.workforce.rosters.working import work_off
from tests.work.workforce.officers.hands import NOW, SYSTEM, account, by, held, leader, post, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DECEMBER = date(2026, 12, 1)
PEOPLE = [f"officer{n}" for n in range(8)]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        yield


@pytest.fixture
def station() -> list[Account]:
    """Eight officers in one post."""
    one = post()
    for name in PEOPLE:
        held(one, name)
    return [account(name) for name in PEOPLE]


def december(*, made: bool = True) -> Roster:
    roster = actions.ask_roster(leader(), unit(), DECEMBER, seconds=1)
    if made:
        work_off()
        roster.refresh_from_db()
    return roster


def lines(roster: Roster) -> dict[tuple[int, date], str]:
    return {(one.account_id, one.day): one.shift for one in roster.duties.all()}


def by_hand(*cells: tuple[str, int, str], publish: bool = True, pinned: bool = False) -> Roster:
    """A roster with these shifts alone: whose, which day of December, which."""
    roster = actions.ask_roster(leader(), unit(), DECEMBER, seconds=1)
    actions.stop_roster(leader(), roster)
    for name, day, shift in cells:
        actions.set_duty(leader(), roster, account(name).pk, on(day), shift, pinned=pinned)
    return actions.publish_roster(leader(), roster) if publish else roster


def on(day: int) -> date:
    return DECEMBER + timedelta(days=day - 1)


def duty(name: str, day: int) -> Duty:
    return Duty.objects.get(account=account(name), day=on(day))


def refused(code: str) -> object:
    return pytest.raises(Refused, check=lambda wrong: wrong.code == code)


def test_a_month_is_made_keeps_every_hard_rule_and_goes_round_leave(
    station: list[Account],
) -> None:
    officers.tell_limit(
        leader_of_records(), station[0], Cannot.AWAY, first_day=on(7), last_day=on(13)
    )
    roster = december()
    assert roster.work == Work.DONE
    grid = grid_of(asked_of(roster))
    assert [
        one.code for row in grid.rows for cell in row.cells for one in cell.broken if cell.hard
    ] == []
    assert grid.broken == 0
    assert not roster.duties.filter(account=station[0], day__range=(on(7), on(13))).exists()
    for head in grid.days:
        there = set(roster.duties.filter(day=head.day).values_list("shift", flat=True))
        assert {"early", "late", "night"} <= there


def leader_of_records() -> Actor:
    return by("records", "personnel", "personnel")


def test_what_is_pinned_stays_when_it_is_made_again(station: list[Account]) -> None:
    roster = by_hand(("officer3", 10, "late"), publish=False, pinned=True)
    actions.go_on_with(leader(), roster)
    work_off()
    assert lines(roster)[station[3].pk, on(10)] == "late"


def test_somebody_with_two_posts_is_planned_where_most_of_their_time_is(
    station: list[Account],
) -> None:
    held(post("社区"), "both", share=80)
    held(post("值班", at="station_dongjiao"), "both", share=20)
    assert account("both").pk in asked_of(december(made=False)).people
    with refused("nobody"):
        actions.ask_roster(SYSTEM, unit("station_dongjiao"), DECEMBER)
    held(post("内勤", at="station_dongjiao"), "desk")
    there = actions.ask_roster(SYSTEM, unit("station_dongjiao"), DECEMBER)
    assert "80% 的时间在" in said(
        inside("chief", "unit_leader", "station_dongjiao"), f"/rosters/{there.pk}/"
    )


def test_why_there_is_no_roster_is_told_in_words(station: list[Account]) -> None:
    for one in station:
        officers.tell_limit(
            leader_of_records(), one, Cannot.NO_NIGHTS, first_day=on(1), last_day=on(31)
        )
    roster = december()
    assert roster.work == Work.FAILED
    page = said(inside("head", "unit_leader"), f"/rosters/{roster.pk}/")
    assert "不能排的班" in page
    assert "夜班要 1 人，最多排得出 0 人" in page


def test_a_published_roster_has_versions_and_says_when_it_was_changed(
    station: list[Account],
) -> None:
    roster = by_hand(("officer0", 10, "early"))
    assert (roster.state, roster.version, roster.changed) == (State.PUBLISHED, 1, False)
    actions.move_duty(leader(), roster, station[0].pk, on(10), station[1].pk, on(11))
    roster.refresh_from_db()
    assert roster.changed
    assert lines(roster) == {(station[1].pk, on(11)): "early"}
    again = actions.publish_roster(leader(), roster)
    assert again.version == 2
    assert [list(one.lines) for one in again.editions.order_by("version")] == [
        [str(station[0].pk)], [str(station[1].pk)]
    ]  # fmt: skip


def test_a_sick_call_changes_nothing_before_a_person_accepts_it(station: list[Account]) -> None:
    roster = by_hand(("officer0", 2, "early"), ("officer1", 2, "late"), ("officer2", 2, "night"))
    one = actions.tell_absence(by("officer0"), roster, station[0], on(2), on(2))
    assert lines(roster)[station[0].pk, on(2)] == "early"
    actions.decide_repair(leader(), one, RepairState.ACCEPTED)
    after = lines(roster)
    assert (station[0].pk, on(2)) not in after
    assert [shift for (_who, day), shift in after.items() if day == on(2)].count("early") == 1
    with refused("not_now"):
        actions.decide_repair(leader(), one, RepairState.DROPPED)
    one.refresh_from_db()
    assert one.state == RepairState.ACCEPTED


def test_a_dropped_call_leaves_the_shifts_and_an_undone_one_gives_them_back(
    station: list[Account],
) -> None:
    roster = by_hand(("officer0", 2, "early"), ("officer1", 2, "late"), ("officer2", 2, "night"))
    before = lines(roster)
    dropped = actions.tell_absence(by("officer0"), roster, station[0], on(2), on(2))
    with refused("twice"):
        actions.tell_absence(by("officer0"), roster, station[0], on(2), on(3))
    actions.decide_repair(leader(), dropped, RepairState.DROPPED)
    assert lines(roster) == before
    for decision in (RepairState.UNFILLED, RepairState.ACCEPTED):
        one = actions.tell_absence(by("officer0"), roster, station[0], on(2), on(2))
        actions.decide_repair(leader(), one, decision)
        assert (station[0].pk, on(2)) not in lines(roster)
        actions.undo_repair(leader(), one)
        assert lines(roster) == before


def test_who_cannot_come_is_not_planned_on_those_days_when_it_is_made_again(
    station: list[Account],
) -> None:
    roster = by_hand(("officer0", 2, "early"))
    one = actions.tell_absence(by("officer0"), roster, station[0], on(2), on(20))
    actions.decide_repair(leader(), one, RepairState.UNFILLED)
    actions.go_on_with(leader(), roster)
    work_off()
    assert not roster.duties.filter(account=station[0], day__range=(on(2), on(20))).exists()
    assert roster.duties.filter(account=station[0]).exists()


def test_a_sick_call_asks_for_leave_and_granted_leave_asks_for_a_repair(
    station: list[Account],
) -> None:
    roster = by_hand(("officer0", 2, "early"), ("officer0", 9, "late"))
    mine, head = inside("officer0"), inside("head", "unit_leader")
    said(mine, "/shifts/absent/", first_day="2026-12-02", last_day="2026-12-02")
    page = said(mine, "/shifts/")
    asking = "/record/?first_day=2026-12-02&amp;last_day=2026-12-02#leave"
    assert asking in page
    assert 'value="2026-12-02"' in said(mine, asking.partition("#")[0].replace("&amp;", "&"))
    planner = f"/rosters/{roster.pk}/"
    assert "还没有请假" in said(head, planner)
    for first in (2, 9):
        leave = officers.ask_leave(
            by("officer0"), station[0], "sick", first_day=on(first), last_day=on(first)
        )
        officers.decide_leave(leader(), leave, grant=True)
    assert "还没有请假" not in said(mine, "/shifts/")
    page = said(head, planner)
    assert "假批了" in page
    assert "病假" not in page
    assert "批了假，班还在" in page  # of the ninth, of which nobody had called
    gone = f"{planner}absent/{station[0].pk}/"
    said(head, gone, first_day="2026-12-09", last_day="2026-12-09")
    assert Repair.objects.filter(first_day=on(9), state=RepairState.PROPOSED).exists()


def test_what_who_plans_had_decided_is_exchanged_with_their_yes_alone(
    station: list[Account],
) -> None:
    roster = by_hand(("officer0", 9, "early"), ("officer1", 16, "late"))
    actions.set_duty(leader(), roster, station[1].pk, on(9), "")  # a day off that was decided
    offer = actions.make_offer(by("officer0"), duty("officer0", 9), wanted=duty("officer1", 16))
    assert actions.take_offer(by("officer1"), offer, station[1]).state == OfferState.TAKEN
    assert lines(roster)[station[0].pk, on(9)] == "early"
    page = said(inside("head", "unit_leader"), f"/rosters/{roster.pk}/")
    assert "对换" in page
    actions.decide_offer(leader(), offer, grant=True)
    assert lines(roster) == {(station[1].pk, on(9)): "early", (station[0].pk, on(16)): "late"}


def test_only_oneself_and_who_plans_says_that_one_cannot_come(station: list[Account]) -> None:
    roster = by_hand(("officer0", 2, "early"))
    with pytest.raises(Refused):
        actions.tell_absence(by("officer1"), roster, station[0], on(2), on(2))


def test_an_even_exchange_is_done_when_both_agree(station: list[Account]) -> None:
    roster = by_hand(("officer0", 9, "early"), ("officer1", 16, "late"))
    offer = actions.make_offer(by("officer0"), duty("officer0", 9), wanted=duty("officer1", 16))
    with refused("not_yours"):
        actions.take_offer(by("officer2"), offer, station[2])
    actions.take_offer(by("officer1"), offer, station[1])
    assert lines(roster) == {(station[1].pk, on(9)): "early", (station[0].pk, on(16)): "late"}
    offer.refresh_from_db()
    assert offer.state == OfferState.DONE


def test_a_shift_that_is_given_away_waits_for_who_plans(station: list[Account]) -> None:
    roster = by_hand(("officer0", 9, "early"))
    offer = actions.make_offer(by("officer0"), duty("officer0", 9))
    actions.take_offer(by("officer1"), offer, station[1])
    assert lines(roster) == {(station[0].pk, on(9)): "early"}
    with pytest.raises(Refused):
        actions.decide_offer(by("officer1"), offer, grant=True)
    actions.decide_offer(leader(), offer, grant=True)
    assert lines(roster) == {(station[1].pk, on(9)): "early"}


def test_a_swap_that_would_break_a_hard_rule_is_refused_with_the_rule(
    station: list[Account],
) -> None:
    by_hand(("officer0", 10, "early"), ("officer1", 9, "night"))
    offer = actions.make_offer(by("officer0"), duty("officer0", 10))
    with pytest.raises(Refused, match="小时"):
        actions.take_offer(by("officer1"), offer, station[1])


def test_wishes_are_few_and_ahead(station: list[Account]) -> None:
    for day in (3, 4, 5, 6):
        actions.tell_wish(by("officer0"), station[0], on(day), on=False)
    with refused("many"):
        actions.tell_wish(by("officer0"), station[0], on(7), on=False)
    with refused("day"):
        actions.tell_wish(by("officer0"), station[0], date(2026, 11, 30), on=False)


def test_a_roster_is_stopped_and_gone_on_with(station: list[Account]) -> None:
    roster = december(made=False)
    with refused("under_way"):
        december(made=False)
    assert actions.stop_roster(leader(), roster).work == Work.STOPPED
    assert work_off() == 0
    actions.go_on_with(leader(), roster)
    assert work_off() == 1


def test_another_units_leader_plans_nothing_here(station: list[Account]) -> None:
    stranger = by("stranger", "unit_leader", "station_dongjiao")
    with pytest.raises(Refused):
        actions.ask_roster(stranger, unit(), DECEMBER)
    with pytest.raises(Refused):
        actions.ask_roster(by("officer0"), unit(), DECEMBER)


def inside(name: str, role: str = "", at: str = "station_lancheng") -> Client:
    client = Client()
    client.force_login(account(name, role, at))
    return client


def said(client: Client, path: str, **sent: object) -> str:
    answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code, answer.content.decode()[-500:])
    return answer.content.decode()


def test_the_planners_page_from_asking_to_publishing(station: list[Account]) -> None:
    head = inside("head", "unit_leader")
    said(head, "/rosters/new/", unit=str(unit().pk), month="2026-12", seconds="1")
    roster = Roster.objects.get()
    said(head, f"/rosters/{roster.pk}/stop/", go="1")
    cell = {"account": station[0].pk, "day": "2026-12-09"}
    page = said(head, f"/rosters/{roster.pk}/cell/", shift="late", pinned="on", **cell)
    assert "officer" in page or "海小某" in page
    page = said(
        head, f"/rosters/{roster.pk}/move/", **{
            "move-account": station[0].pk, "move-day": "2026-12-09",
            "move-to": station[1].pk, "move-to_day": "2026-12-10",
        },
    )  # fmt: skip
    assert lines(roster) == {(station[1].pk, on(10)): "late"}
    page = said(head, f"/rosters/{roster.pk}/?cell={station[1].pk}.2026-12-10")
    assert "和那一格对换" in page
    assert "缺 1 人" in page
    assert "第 1 版" in said(head, f"/rosters/{roster.pk}/publish/", go="1")
    assert "晚班" in said(inside("officer1"), "/shifts/")
    assert inside("officer1").get(f"/rosters/{roster.pk}/").status_code == 403


def test_ones_own_page_wishes_offers_and_calls_in(station: list[Account]) -> None:
    by_hand(("officer0", 9, "early"))
    mine = inside("officer0")
    said(mine, "/shifts/wish/", day="2026-12-20", on="off", shift="")
    said(mine, f"/shifts/{duty('officer0', 9).pk}/offer/", go="1")
    by_hand_more(station)
    assert "我接" in said(inside("officer1"), "/shifts/")
    page = said(inside("officer1"), f"/shifts/offers/{Offer.objects.get().pk}/take/", go="1")
    assert "等负责人同意" in page
    said(mine, "/shifts/absent/", first_day="2026-12-09", last_day="2026-12-09")
    assert "不能来" in said(inside("head", "unit_leader"), f"/rosters/{Roster.objects.get().pk}/")


def by_hand_more(station: list[Account]) -> None:
    roster = Roster.objects.get()
    actions.set_duty(leader(), roster, station[1].pk, on(20), "early")


def test_the_calendar_is_ones_own_to_open_to_change_and_to_stop(station: list[Account]) -> None:
    by_hand(("officer0", 9, "night"))
    mine, one = inside("officer0"), station[0]
    assert token_of(one) == ""
    said(mine, "/shifts/calendar/open/", go="1")
    first = f"/shifts/{one.pk}/{token_of(one)}.ics"
    answer = Client().get(first)
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["夜班"]
    assert str(one) not in answer.content.decode()
    said(mine, "/shifts/calendar/open/", go="1")
    second = f"/shifts/{one.pk}/{token_of(one)}.ics"
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    said(mine, "/shifts/calendar/close/", go="1")
    assert Client().get(second).status_code == 404


def test_a_grid_of_many_asks_no_more_of_the_database(
    station: list[Account], django_assert_max_num_queries: object
) -> None:
    roster = by_hand(("officer0", 9, "night"))
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        grid_of(asked_of(roster))


def test_care_knows_of_published_shifts_and_of_no_draft(station: list[Account]) -> None:
    from gongzhi.work.workforce.officers.duty import duties_of

    by_hand(("officer0", 3, "night"), publish=False)
    begins, ends = (on_moment(day) for day in (1, 31))
    assert duties_of(station[0], begins, ends) == []
    actions.publish_roster(leader(), Roster.objects.get())
    [night] = duties_of(station[0], begins, ends)
    assert night.starts_at.date() <= on(3) <= night.ends_at.date()
    assert duties_of(station[1], begins, ends) == []


def on_moment(day: int) -> datetime:
    return datetime.combine(on(day), time.min, UTC)
