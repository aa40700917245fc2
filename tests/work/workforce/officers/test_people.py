"""Posts, skills and leave: what is written down, who may, and what others are told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.actions import Newcomer, NewPost
from gongzhi.work.workforce.officers.models import Holding, Leave, Limit, SkillHeld
from gongzhi.work.workforce.officers.readers import let_reasons_go
from gongzhi.work.workforce.officers.selectors.away import Absence, absent_between, bounds
from gongzhi.work.workforce.officers.selectors.organisation import stories
from gongzhi.work.workforce.officers.selectors.people import (
    people_of,
    posts_of,
    skills_on,
    skills_through,
)
from gongzhi.work.workforce.officers.selectors.records import lapsing, record_of
from tests.safeguards.test_erasure import everywhere
from tests.work.workforce.officers import hands
from tests.work.workforce.officers.hands import (
    NOW,
    SHANGHAI,
    TODAY,
    account,
    asked,
    by,
    held,
    leader,
    personnel,
    post,
    unit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = "膝盖要动个小手术"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        yield


class TestPosts:
    def test_are_held_by_date(self) -> None:
        one = held(post())
        actions.leave_post(personnel(), one, on=TODAY)
        yesterday = TODAY - timedelta(days=1)
        assert people_of(unit(), yesterday) == [account()]
        assert people_of(unit(), TODAY) == []

    def test_somebody_with_two_posts_is_one_person_in_both_units(self) -> None:
        patrol, desk = post(), post("内勤", "station_wangchao", line="headquarters")
        held(patrol, share=70)
        held(desk, share=30)
        assert people_of(unit(), TODAY) == people_of(unit("station_wangchao"), TODAY)
        assert [one.share for one in posts_of(account(), TODAY)] == [70, 30]

    def test_nobody_works_more_than_a_whole_person(self) -> None:
        held(post(), share=70)
        with pytest.raises(Refused, match="只剩 30%"):
            held(post("内勤"), share=31)
        assert Holding.objects.count() == 1

    def test_a_post_to_come_counts_from_its_day(self) -> None:
        """Who begins elsewhere next month has no time left then, whatever is free today."""
        held(post(), since=date(2026, 12, 15), share=60)
        with pytest.raises(Refused, match="占用"):
            held(post("内勤"), since=TODAY, share=50)

    def test_have_no_more_people_than_places(self) -> None:
        one = post(places=1)
        held(one)
        with pytest.raises(Refused, match="名额满了"):
            held(one, "second")
        with pytest.raises(Refused, match="1–500"):
            actions.change_post(personnel(), one, NewPost("巡逻", "Patrol", "front", places=0))

    def test_are_closed_only_when_empty(self) -> None:
        one = held(post())
        with pytest.raises(Refused, match="还有人"):
            actions.close_post(personnel(), one.post)
        actions.leave_post(personnel(), one, on=TODAY)
        actions.close_post(personnel(), one.post)
        with pytest.raises(Refused, match="没有这个岗位"):
            actions.take_post(personnel(), one.post, account("late"), since=TODAY)

    def test_a_list_with_one_mistake_writes_nobody_down(self) -> None:
        one = post(places=1)
        people = [Newcomer(account(name), [(one, 100)], TODAY) for name in ("a", "b")]
        before = Entry.objects.count()
        with pytest.raises(Refused, match="名额满了"):
            actions.man_unit(personnel(), unit(), people)
        assert not Holding.objects.exists()
        assert Entry.objects.count() == before


class TestSkills:
    def certificate(self, since: date, until: date | None = None) -> SkillHeld:
        return actions.record_skill(personnel(), account(), "firearms", since=since, until=until)

    def test_a_certificate_holds_as_long_as_the_catalogue_says(self) -> None:
        assert self.certificate(date(2026, 3, 1)).until == date(2027, 2, 28)
        assert "firearms" in skills_on(account(), date(2027, 2, 28))
        assert "firearms" not in skills_on(account(), date(2027, 3, 1))

    def test_one_that_lapses_at_midnight_covers_no_night_shift(self) -> None:
        self.certificate(date(2026, 1, 1), until=date(2026, 12, 5))
        start = datetime(2026, 12, 5, 20, 0, tzinfo=SHANGHAI)
        assert "firearms" in skills_through(account(), start, start + timedelta(hours=3))
        assert "firearms" not in skills_through(account(), start, start + timedelta(hours=12))

    def test_the_next_one_closes_the_gap(self) -> None:
        self.certificate(date(2026, 1, 1), until=date(2026, 12, 5))
        self.certificate(date(2026, 12, 6))
        assert "firearms" in skills_through(account(), date(2026, 12, 1), date(2026, 12, 20))
        assert not lapsing([unit()], within=60)

    def test_what_will_lapse_stands_on_a_list(self) -> None:
        self.certificate(date(2026, 1, 1), until=TODAY + timedelta(days=20))
        [one] = lapsing([unit()])
        assert (one.held.account, one.state) == (account(), "soon")

    def test_what_was_taken_back_counts_no_more(self) -> None:
        actions.end_skill(personnel(), self.certificate(date(2026, 1, 1)))
        assert skills_on(account(), TODAY) == frozenset()
        assert "firearms" in skills_on(account(), date(2026, 6, 1))


class TestLeave:
    def test_granted_leave_is_an_absence_and_no_more_is_told(self) -> None:
        one = asked(reason=WORDS)
        assert absent_between(account(), TODAY, date(2026, 12, 31)) == []
        actions.decide_leave(leader(), one, grant=True)
        told = absent_between(account(), date(2026, 12, 3), date(2026, 12, 31))
        assert told == [Absence(date(2026, 12, 3), date(2026, 12, 3))]

    def test_the_log_knows_neither_kind_nor_reason(self) -> None:
        actions.decide_leave(leader(), asked("sick", reason=WORDS), grant=True, answer="早日康复")
        told = " ".join(Entry.objects.values_list("text", flat=True))
        assert "sick" not in told
        assert everywhere(WORDS) == everywhere("早日康复") == []
        assert everywhere("sick") == []

    def test_nobody_grants_their_own(self) -> None:
        leader()
        own = actions.ask_leave(
            leader(), account("head"), "annual", first_day=TODAY, last_day=TODAY
        )
        with pytest.raises(Refused, match="上级"):
            actions.decide_leave(leader(), own, grant=True)
        boss = by("boss", "bureau_leader", "bureau")
        assert actions.decide_leave(boss, own, grant=True).state == "granted"

    def test_another_station_s_head_decides_nothing(self) -> None:
        other = by("other", "unit_leader", "station_wangchao")
        with pytest.raises(Refused, match="本单位"):
            actions.decide_leave(other, asked(), grant=True)

    def test_a_no_says_why(self) -> None:
        with pytest.raises(Refused, match="写明原因"):
            actions.decide_leave(leader(), asked(), grant=False)
        assert Leave.objects.get().state == "asked"

    def test_the_same_days_are_asked_for_once(self) -> None:
        actions.withdraw_leave(by(), asked())
        asked()
        with pytest.raises(Refused, match="已经请过假"):
            asked("family_event", first_day=date(2026, 12, 3), last_day=date(2026, 12, 9))

    def test_who_was_ill_asks_afterwards_who_was_on_holiday_before(self) -> None:
        days = {"first_day": date(2026, 11, 25), "last_day": date(2026, 11, 26)}
        with pytest.raises(Refused, match="不能补这么早"):
            asked("annual", **days)
        assert asked("sick", **days).state == "asked"

    def test_annual_days_follow_the_years_and_leave_out_weekends(self) -> None:
        actions.tell_service(personnel(), account(), since=date(2016, 12, 1))
        friday = date(2026, 12, 4)
        one = asked(first_day=friday, last_day=friday + timedelta(days=3))
        actions.decide_leave(leader(), one, grant=True)
        [told] = record_of(account()).allowances
        assert (told.due, told.taken, told.left) == (5, 2, 3)

    def test_reasons_go_half_a_year_after(self) -> None:
        actions.decide_leave(leader(), asked(reason=WORDS), grant=True)
        assert let_reasons_go() == 0
        with moment(NOW + timedelta(days=200)):
            assert let_reasons_go() == 1
            assert let_reasons_go() == 0
        assert Leave.objects.get().reason == ""

    def test_what_somebody_can_t_do_for_a_time(self) -> None:
        limit = actions.tell_limit(
            personnel(), account(), "no_nights", first_day=TODAY, reason="孩子还小"
        )
        [told] = bounds([account()], TODAY, date(2026, 12, 31))[account().pk]
        assert (told.cannot, told.last_day) == ("no_nights", date(2026, 12, 31))
        with moment(NOW + timedelta(days=3)):
            actions.end_limit(personnel(), limit)
        assert Limit.objects.get().reason == ""


class TestReading:
    def test_whoever_looks_says_what_for_and_is_seen(self) -> None:
        with pytest.raises(Refused, match="用途"):
            actions.read_record(leader(), account(), purpose="curious")
        actions.read_record(leader(), account(), purpose="roster")
        [look] = record_of(account()).looks
        assert (look.unit, look.purpose) == (unit(), "排班")

    @pytest.mark.parametrize("role", ["unit_leader", "officer"])
    def test_others_do_not(self, role: str) -> None:
        with pytest.raises(Refused):
            actions.read_record(by("other", role, "station_wangchao"), account(), purpose="roster")
        assert record_of(account()).looks == []


class TestOrganisation:
    def test_a_unit_of_four_shows_no_work_a_head(self) -> None:
        one = post()
        for n in range(4):
            held(one, f"officer{n}")
        [story] = stories([unit()])
        assert (story.last.heads, story.last.front_share, story.last.a_head) == (4, 100, None)
        held(one, "fifth")
        assert stories([unit()])[0].last.a_head == 0

    def test_months_are_as_they_were(self) -> None:
        patrol, desk = post(), post("内勤", line="headquarters")
        moved = held(desk, since=date(2026, 1, 1))
        actions.leave_post(personnel(), moved, on=date(2026, 10, 1))
        actions.take_post(personnel(), patrol, account(), since=date(2026, 10, 1))
        [story] = stories([unit()], months=3)
        assert [one.front_share for one in story.months] == [0, 100, 100]
        assert hands.TODAY.month == story.last.first.month
