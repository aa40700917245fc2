"""A day that is full: the first in line gets what comes free, for a while, then the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.models import Appointment, Held
from gongzhi.work.appointments.readers import sweep
from gongzhi.work.appointments.selectors.line import place_in_line
from gongzhi.work.appointments.selectors.times import free_on
from gongzhi.work.appointments.taken import Taken
from tests.work.appointments import hands
from tests.work.appointments.hands import (
    CHILD,
    EARLY,
    MONDAY,
    PERMIT,
    RESIDENT,
    SMALL,
    again,
    at,
    booked,
    moment,
    visit,
    waiting,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def full() -> Iterator[list[Appointment]]:
    """One counter, one hour, four people: no room."""
    with moment(EARLY), hands.rules(**SMALL):
        hands.county()
        yield [booked(at(9, minute)) for minute in (0, 15, 30, 45)]


def test_there_is_no_line_for_a_day_with_room(full: list[Appointment]) -> None:
    actions.cancel(RESIDENT, full[0])
    with pytest.raises(Refused, match="还有空位"):
        waiting()


def test_the_first_in_line_is_offered_what_comes_free(full: list[Appointment]) -> None:
    first, second = waiting(), waiting()
    assert (place_in_line(first), place_in_line(second)) == (0, 1)
    actions.cancel(RESIDENT, full[1])
    # Before the line was served nobody outside of it gets the time either.
    assert not free_on(visit(), MONDAY)
    assert sweep() == 1
    assert (again(first).state, again(first).starts_at) == ("offered", at(9, 15))
    assert again(second).state == "waiting"
    with pytest.raises(Taken):
        booked(at(9, 15))
    assert actions.accept_offer(RESIDENT, first).state == "booked"
    hands.require_whole()


def test_an_offer_without_an_answer_goes_to_the_next(full: list[Appointment]) -> None:
    first, second = waiting(), waiting()
    actions.cancel(RESIDENT, full[3])
    sweep()
    limit = again(first).answer_by
    assert limit == at(8, 30)
    with moment(at(8, 31)):
        with pytest.raises(Refused, match="让给下一位"):
            actions.accept_offer(RESIDENT, first)
        assert sweep() == 1
    assert (again(first).state, again(second).state) == ("lapsed", "offered")
    assert again(second).starts_at == at(9, 45)
    hands.require_whole()


def test_declined_it_goes_to_the_next_at_once(full: list[Appointment]) -> None:
    first, second = waiting(), waiting()
    actions.cancel(RESIDENT, full[3])
    sweep()
    actions.cancel(RESIDENT, first)
    sweep()
    assert again(second).state == "offered"
    hands.require_whole()


def test_who_needs_longer_is_passed_over_until_there_is_room(full: list[Appointment]) -> None:
    long, short = waiting(CHILD), waiting(PERMIT)
    actions.cancel(RESIDENT, full[0])
    sweep()
    assert (again(long).state, again(short).state) == ("waiting", "offered")
    actions.cancel(RESIDENT, short)
    actions.cancel(RESIDENT, full[1])
    sweep()
    assert (again(long).state, again(long).starts_at) == ("offered", at(9))
    hands.require_whole()


def test_what_none_of_them_can_use_is_open_to_all_again(full: list[Appointment]) -> None:
    long = waiting(CHILD)
    actions.cancel(RESIDENT, full[0])
    sweep()
    assert again(long).state == "waiting"
    assert not Held.objects.filter(appointment=None).exists()
    assert booked(at(9)).starts_at == at(9)


def test_a_wish_ends_with_its_day(full: list[Appointment]) -> None:
    one = waiting()
    with moment(at(9, day=MONDAY.replace(month=12, day=1))):
        sweep()
    assert again(one).state == "lapsed"
