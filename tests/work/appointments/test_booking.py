"""Booking: several things in one slot, never two people at one, and everybody else is told when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.models import Appointment, Held
from gongzhi.work.appointments.readers import let_names_go, sweep
from gongzhi.work.appointments.selectors.following import booking_by
from gongzhi.work.appointments.selectors.times import days_for, free_on, next_free
from gongzhi.work.appointments.taken import Taken
from gongzhi.work.participation.codes import code_for
from tests.safeguards.test_erasure import everywhere
from tests.work.appointments import hands
from tests.work.appointments.hands import (
    CARD,
    CHILD,
    DOG,
    EARLY,
    MONDAY,
    NAME,
    PERMIT,
    PHONE,
    RESIDENT,
    at,
    booked,
    moment,
    visit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Everything happens on a Monday before eight."""
    with moment(EARLY):
        hands.county()
        yield


class TestTimes:
    def test_are_those_of_the_office_without_what_is_kept_for_people_who_walk_in(self) -> None:
        times = list(free_on(visit(), MONDAY))
        assert times[0] == at(8, 30)
        assert times[-1] == at(16, 45)
        assert not any(at(11, 30) <= one < at(14) for one in times)
        able = free_on(visit(), MONDAY).values()
        # Two of twelve quarters are kept at each counter, each half-day, never at the same time.
        assert sum(len(one) for one in able) == 2 * 2 * (12 - 2)
        assert all(able)

    def test_none_are_on_a_holiday_and_some_on_the_saturday_worked_instead(self) -> None:
        with moment(at(8, day=date(2026, 9, 28))):
            days = [one.on for one in days_for(visit())]
        assert not any(date(2026, 10, 1) <= one <= date(2026, 10, 7) for one in days)
        assert date(2026, 10, 10) in days
        assert date(2026, 9, 30) in days

    def test_are_neither_too_soon_nor_too_far_ahead(self) -> None:
        with moment(at(9, 40)):
            assert next(iter(free_on(visit(), MONDAY))) >= at(10, 10)
        assert free_on(visit(), MONDAY + timedelta(days=14))
        assert not free_on(visit(), MONDAY + timedelta(days=15))
        assert not free_on(visit(), MONDAY - timedelta(days=1))

    def test_of_two_things_are_at_a_counter_that_can_do_both(self) -> None:
        assert {one for it in free_on(visit(PERMIT, DOG), MONDAY).values() for one in it} == {"2"}
        assert visit(PERMIT, DOG).minutes == 35


class TestABooking:
    @pytest.fixture(autouse=True)
    def nothing_kept(self) -> Iterator[None]:
        """Every time of the day can be booked."""
        with hands.rules(kept=0):
            yield

    def test_holds_every_five_minutes_of_its_time(self) -> None:
        one = booked(at(9), CARD, CHILD)
        assert one.minutes == 45
        assert Held.objects.filter(appointment=one).count() == 9
        hands.require_whole()

    def test_goes_to_the_counter_with_fewer_skills_then_to_the_other_then_nowhere(self) -> None:
        assert booked(at(9)).counter == "1"
        assert booked(at(9)).counter == "2"
        with pytest.raises(Taken) as refused:
            booked(at(9))
        assert refused.value.next_at == at(9, 15)
        assert "09:15" in str(refused.value)
        assert Appointment.objects.count() == 2
        hands.require_whole()

    def test_of_another_length_can_t_lie_across_it(self) -> None:
        booked(at(9, 15))
        booked(at(9, 15))
        with pytest.raises(Taken):
            booked(at(9), CHILD)
        assert booked(at(9)).starts_at == at(9)

    def test_the_database_takes_no_second_one_whatever_the_code_thinks(self) -> None:
        one = booked(at(9))
        with pytest.raises(IntegrityError), transaction.atomic():
            Held.objects.create(office=one.office, counter=one.counter, at=at(9, 5))

    @pytest.mark.parametrize(
        "when", [at(8, 7), at(12), at(20), at(9, day=MONDAY - timedelta(days=3)),
                 at(9, day=date(2026, 12, 5)), at(9, day=date(2027, 3, 1))],
    )  # fmt: skip
    def test_at_no_time_of_the_office_is_refused_with_one_that_is(self, when: object) -> None:
        with pytest.raises(Taken) as refused:
            booked(when)  # type: ignore[arg-type]
        assert refused.value.next_at is not None
        assert "最近的空位是" in str(refused.value)

    def test_needs_a_name_and_keeps_it_sealed(self) -> None:
        with pytest.raises(Refused, match="怎么称呼"):
            actions.book(RESIDENT, hands.new(name=" "), at(9), key=hands.key())
        one = booked(at(9))
        assert hands.again(one).name == NAME
        assert not everywhere(NAME)
        assert not everywhere(PHONE)
        assert NAME not in "".join(Entry.objects.values_list("text", flat=True))

    def test_is_opened_by_its_code_alone(self) -> None:
        one = booked(at(9))
        assert booking_by(code_for(one.key).lower()).pk == one.pk
        with pytest.raises(Refused):
            booking_by("22222222ABCD")

    def test_moves_and_lets_go_of_the_old_time(self) -> None:
        one = actions.move(RESIDENT, booked(at(9), CHILD), at(9, 15))
        assert one.starts_at == at(9, 15)
        assert at(9) in free_on(visit(), MONDAY)
        hands.require_whole()

    def test_keeps_its_time_when_the_new_one_is_gone(self) -> None:
        one, _first, _second = booked(at(9)), booked(at(10)), booked(at(10))
        with pytest.raises(Taken):
            actions.move(RESIDENT, one, at(10))
        assert hands.again(one).starts_at == at(9)
        hands.require_whole()

    def test_that_is_given_up_is_free_at_once(self) -> None:
        one = actions.cancel(RESIDENT, booked(at(9)))
        assert not one.held.exists()
        assert next_free(visit(), at(9)) == at(9)
        with pytest.raises(Refused):
            actions.move(RESIDENT, one, at(10))

    def test_nobody_came_for_is_given_up_and_nobody_is_marked(self) -> None:
        one = booked(at(9), CHILD)
        with moment(at(9, 9)):
            sweep()
            assert hands.again(one).state == "booked"
        with moment(at(9, 11)):
            sweep()
        assert hands.again(one).state == "missed"
        assert not one.held.exists()
        with moment(at(9, day=MONDAY + timedelta(days=4))):
            let_names_go()
        gone = hands.again(one)
        assert (gone.name, gone.phone, gone.application) == ("", "", None)

    def test_is_forgotten_on_request_and_given_up_with_that(self) -> None:
        one = actions.forget(RESIDENT, booked(at(9)))
        assert (one.state, one.name, one.phone) == ("cancelled", "", "")
        assert not one.held.exists()

    def test_is_forgotten_some_days_later_not_before(self) -> None:
        one = booked(at(9))
        with moment(at(9, day=MONDAY + timedelta(days=3))):
            assert not let_names_go()
        with moment(at(9, day=MONDAY + timedelta(days=4))):
            assert let_names_go() == 1
            assert not let_names_go()
        assert hands.again(one).name == ""
