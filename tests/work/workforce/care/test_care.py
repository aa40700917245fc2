"""Somebody to talk to in confidence, a survey without names, fatigue that only oneself sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.care import actions
from gongzhi.work.workforce.care.models import Pulse, PulseBox, Slot, Talk
from gongzhi.work.workforce.care.permissions import CARE
from gongzhi.work.workforce.care.readers import let_talks_go
from gongzhi.work.workforce.care.selectors.fatigue import reckoned
from gongzhi.work.workforce.care.selectors.pulses import has_answered, past
from gongzhi.work.workforce.care.selectors.rest import rest_of_units
from gongzhi.work.workforce.care.selectors.talks import free_slots, slots_of, talk_by
from gongzhi.work.workforce.care.selectors.telling import tell
from gongzhi.work.workforce.officers.duty import Duty
from gongzhi.work.workforce.officers.models import HealthCheck, Leave, Service
from tests.work.workforce.care.hands import (
    CALLED,
    WHEN,
    WORDS,
    answered,
    booked,
    host,
    pulse,
    slot,
)
from tests.work.workforce.officers.hands import LONG_AGO, NOW, SHANGHAI, account, by, personnel

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(NOW):
        yield


class TestTalks:
    def test_are_booked_seen_and_given_up_by_code(self) -> None:
        code = booked()
        assert talk_by(code.lower().replace("-", " ")).words == WORDS
        assert free_slots("peer") == []
        actions.cancel(CARE, talk_by(code).talk)
        assert len(free_slots("peer")) == 1
        with pytest.raises(Refused, match="没有这个预约码"):
            talk_by(code)

    def test_one_time_is_one_person_s(self) -> None:
        one = slot()
        booked(one)
        with pytest.raises(Refused, match="刚刚没有了"):
            booked(one)

    def test_who_listens_sees_only_who_booked_them(self) -> None:
        booked(slot())
        slot("other", days=3)
        assert [told.called for _one, told in slots_of(host()) if told] == [CALLED]
        assert [told for _one, told in slots_of(host("other"))] == [None]
        with pytest.raises(Refused, match="没有这个时间"):
            actions.withdraw_slot(CARE, host("other"), Slot.objects.first())

    def test_what_is_booked_is_not_taken_back(self) -> None:
        one = slot()
        booked(one)
        with pytest.raises(Refused, match="已经有人约了"):
            actions.withdraw_slot(CARE, host(), one)

    def test_are_forgotten_three_days_after(self) -> None:
        booked()
        with moment(WHEN + timedelta(days=2)):
            assert let_talks_go() == 0
        with moment(WHEN + timedelta(days=4)):
            assert let_talks_go() == 1
        assert not Talk.objects.exists()

    def test_others_offer_no_times(self) -> None:
        with pytest.raises(Refused, match="才能放出时间"):
            actions.offer_slot(CARE, account(), "peer", starts_at=WHEN, where="x")

    def test_nobody_who_acts_here_is_named(self) -> None:
        one = slot()
        with pytest.raises(ValueError, match="never named"):
            actions.book(by(), one, called=CALLED, words=WORDS)
        assert not Talk.objects.exists()


class TestPulse:
    def test_who5_is_added_up_as_published(self) -> None:
        """Five items of 0 to 5, times four: 0 to 100; 50 and below is a reason to talk."""
        who5 = catalogue().pulses["who5"]
        assert (len(who5.items), len(who5.answers), who5.most, who5.talk_at) == (5, 6, 100, 50)
        one = pulse()
        assert [answered(one, f"o{n}", n) for n in range(6)] == [0, 20, 40, 60, 80, 100]

    def test_nobody_answers_twice_also_not_from_another_unit(self) -> None:
        one = pulse()
        answered(one, "o1", 3)
        assert has_answered(one, account("o1"))
        assert not has_answered(one, account("o2"))
        moved = account("o1")
        moved.unit = account("x", at="station_wangchao").unit
        with pytest.raises(Refused, match="已经答过"):
            actions.answer_pulse(CARE, one, moved, [1] * 5)

    @pytest.mark.parametrize("answers", [[1] * 4, [6] * 5, [-1] * 5, []])
    def test_what_is_no_answer_is_refused(self, answers: list[int]) -> None:
        with pytest.raises(Refused, match="每一项"):
            actions.answer_pulse(CARE, pulse(), account(), answers)

    def test_a_group_of_three_shows_nothing(self) -> None:
        one = pulse()
        for n in range(3):
            answered(one, f"o{n}", 2)
        assert actions.close_pulse(personnel(), one).told == []
        assert past()[0].rows == []

    def test_once_closed_key_and_marks_are_gone(self) -> None:
        one = pulse()
        for n in range(6):
            answered(one, f"o{n}", 2)
        actions.close_pulse(personnel(), one)
        assert bytes(Pulse.objects.get().lock) == b""
        assert not PulseBox.objects.exists()
        [whole, unit] = past()[0].rows
        assert (whole.answers, whole.mean, whole.low) == (5, 40, "")
        assert unit.name == "station_lancheng所"
        with pytest.raises(Refused, match="结束"):
            answered(one, "late", 3)

    def test_one_runs_at_a_time(self) -> None:
        pulse()
        with pytest.raises(Refused, match="正在进行"):
            pulse()

    def test_others_neither_open_nor_close_one(self) -> None:
        for deed in (
            lambda: actions.open_pulse(by(), "who5", closes_on=NOW.date()),
            lambda: actions.close_pulse(by(), pulse()),
        ):
            with pytest.raises(Refused, match="权限"):
                deed()


class TestTelling:
    """No difference of what is told is a small group."""

    def test_small_units_are_told_together_or_not_at_all(self) -> None:
        large, small = {60: 8}, {20: 3}
        assert [one["unit"] for one in tell({"a": large, "b": small}, talk_at=50)] == ["*", "a"]
        told = tell({"a": large, "b": small, "c": {40: 2}}, talk_at=50)
        assert [(one["unit"], one["answers"]) for one in told] == [("*", 10), ("a", 5), ("", 5)]

    def test_who_is_left_out_is_in_no_sum(self) -> None:
        with_them = tell({"a": {60: 8}, "b": {0: 4}}, talk_at=50)
        assert with_them == tell({"a": {60: 8}}, talk_at=50)

    def test_parts_are_told_of_ten_only(self) -> None:
        [whole, _one] = tell({"a": {0: 9}}, talk_at=50)
        assert whole["low"] == ""
        [whole, _one] = tell({"a": {0: 3, 80: 7}}, talk_at=50)
        assert whole["low"] == "some"


def duty(day: int, start: int, hours: float) -> Duty:
    begins = datetime(2026, 11, day, start, 0, tzinfo=SHANGHAI)
    return Duty(begins, begins + timedelta(hours=hours))


class TestFatigue:
    def test_nights_quick_returns_and_days_in_a_row(self) -> None:
        told = [duty(23, 20, 12), duty(24, 18, 6), duty(25, 8, 8), duty(26, 8, 8)]
        it = reckoned(told, NOW)
        assert (it.nights, it.quick, it.in_a_row, it.hours) == (1, 2, 4, 34.0)
        assert it.heavy

    def test_one_shift_known_twice_is_one(self) -> None:
        assert reckoned([duty(25, 8, 8), duty(25, 8, 8), duty(25, 9, 8)], NOW).hours == 9.0

    def test_what_goes_on_counts_until_now(self) -> None:
        assert reckoned([duty(30, 6, 8)], NOW).hours == 2.0

    def test_long_ago_counts_no_more(self) -> None:
        assert reckoned([duty(1, 8, 8)], NOW).weekly == 0.0

    def test_without_a_roster_nothing_is_claimed(self) -> None:
        assert not reckoned([], NOW, known=False).known


class TestRest:
    """Leave that was taken and checks of health, by unit; what small units have stays with them."""

    def people(self, many: int, at: str, since: date = LONG_AGO, days: int = 0) -> None:
        for n in range(many):
            who = account(f"{at}{n}", at=at)
            Service.objects.create(account=who, since=since)
            if days:
                last = date(2026, 3, 1) + timedelta(days=days)
                Leave.objects.create(
                    account=who, unit=who.unit, kind="annual", first_day=date(2026, 3, 2),
                    last_day=last, state="granted", asked_at=NOW, decided_at=NOW,
                )  # fmt: skip

    def test_units_are_told_and_small_ones_together_or_not_at_all(self) -> None:
        with moment(NOW):
            self.people(5, "station_a", days=5)
            self.people(3, "station_b")
            over, rows = rest_of_units()
            assert [(one.name, one.taken) for one in rows[1:]] == [("station_a所", 100)]
            assert rows[0].taken == 100, "those who are hidden are in no sum either"
            assert over == 91
            self.people(2, "station_c", days=5)
            assert [one.taken for one in rest_of_units()[1]] == [70, 100, 40]

    def test_leave_that_was_granted_and_is_still_to_come_is_not_taken(self) -> None:
        with moment(NOW.replace(month=3, day=4)):
            self.people(5, "station_a", days=5)
            assert rest_of_units()[1][0].taken == 40, "two of five days are over"

    def test_checks_are_told_in_parts_of_ten_and_more(self) -> None:
        with moment(NOW):
            self.people(10, "station_a")
            HealthCheck.objects.create(account=account("station_a0"), due_on=date(2026, 11, 1))
            [whole, _unit] = rest_of_units()[1]
            assert whole.unchecked == "少于四分之一"
            Service.objects.filter(account=account("station_a0")).delete()
            assert rest_of_units()[1][0].unchecked == ""


def test_the_log_has_one_bare_kind_for_all_of_it() -> None:
    before = Entry.objects.count()
    code = booked()
    actions.cancel(CARE, talk_by(code).talk)
    answered(pulse(), "o1", 1)
    told = Entry.objects.filter(kind="care.kept").values_list("by", "subject", "text")
    assert set(told) == {("system:care", "care", "{}")}
    assert Entry.objects.count() > before
