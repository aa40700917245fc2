"""The hall: booked and walked in share one queue, in an order that anybody can read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import catch_up
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.models import Ticket
from gongzhi.work.appointments.selectors.queue import screen_of
from gongzhi.work.public_services.events import VISITED
from gongzhi.work.public_services.models import Application
from tests.work.appointments import hands
from tests.work.appointments.hands import (
    DOG,
    EARLY,
    PERMIT,
    RESIDENT,
    again,
    at,
    booked,
    by,
    moment,
    services,
    unit,
)
from tests.work.public_services import hands as service_hands

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """A Monday before eight; nothing is kept for those who walk in."""
    with moment(EARLY), hands.rules(kept=0):
        hands.county()
        yield


def walked_in(*codes: str) -> Ticket:
    return actions.take_number(by(), unit("station_lancheng"), services(*codes))


def called(counter: str = "1") -> str:
    return str(actions.call_next(by(), unit("station_lancheng"), counter))


def test_who_booked_goes_first_once_their_time_has_come_and_not_before() -> None:
    one, other = booked(at(9)), booked(at(9, 30))
    with moment(at(8, 50)):
        walked_in()
        actions.arrive(by(), one)
        actions.arrive(by(), other)
        walked_in()
        assert called("1") == "A001"
    with moment(at(9)):
        assert called("2") == "B002"
        assert called("1") == "A004"
    with moment(at(9, 5)):
        # Nobody else waits: who came early needn't sit there.
        assert called("1") == "B003"


def test_a_counter_calls_only_what_it_can_do() -> None:
    with moment(at(9)):
        walked_in(DOG)
        walked_in(PERMIT)
        assert called("1") == "A002"
        assert called("2") == "A001"
    with moment(at(9, 5)), pytest.raises(Refused, match="没有人等"):
        called("2")


def test_a_button_pressed_twice_skips_nobody() -> None:
    with moment(at(9)):
        walked_in()
        walked_in()
        assert called("1") == "A001"
    with moment(at(9).replace(second=2)), pytest.raises(Refused, match="刚叫了 A001"):
        called("1")
    assert [str(one) for one in screen_of(unit("station_lancheng")).called] == ["A001"]


def test_who_is_sent_on_is_called_before_all_others() -> None:
    with moment(at(9)):
        first = walked_in()
        walked_in()
        assert called("1") == "A001"
        actions.hand_on(by(), first, "2")
        assert [str(one) for one in screen_of(unit("station_lancheng")).waiting] == ["A001", "A002"]
        assert called("1") == "A002"
        assert called("2") == "A001"


def test_calling_the_next_ends_the_one_before() -> None:
    one = booked(at(9))
    with moment(at(9)):
        actions.arrive(by(), one)
        walked_in()
        assert called("1") == "B001"
    with moment(at(9, 10)):
        assert called("1") == "A002"
    assert again(one).state == "served"
    assert [str(it) for it in screen_of(unit("station_lancheng")).called] == ["A002"]


def test_a_number_that_nobody_answers_to_leaves_no_mark() -> None:
    with moment(at(9)):
        walked_in()
        called("1")
        actions.leave(by(), Ticket.objects.get())
        assert str(walked_in()) == "A002"


def test_an_arrival_is_of_today_of_this_office_and_once() -> None:
    one, later = booked(at(9)), booked(at(9, day=hands.MONDAY.replace(month=12, day=1)))
    with pytest.raises(Refused, match="不是今天"):
        actions.arrive(by(), later)
    with pytest.raises(Refused, match="没有这个号"):
        actions.arrive(by("other"), one)
    actions.arrive(by(), one)
    with pytest.raises(Refused):
        actions.arrive(by(), one)


def test_a_visit_for_an_application_is_counted_once_a_day() -> None:
    application = service_hands.ready("a-key-for-an-application")
    new = actions.NewBooking(
        unit("station_lancheng"), services(), {"name": hands.NAME}, application
    )  # fmt: skip
    one = actions.book(RESIDENT, new, at(9), key=hands.key())
    with moment(at(9)):
        ticket = actions.arrive(by(), one)
        called("1")
        actions.serve(by(), ticket)
        again_there = Application.objects.select_related("matter").get(pk=application.pk)
        assert again_there.visits == 1
        service_hands.looked_at(again_there, "identity")
        service_hands.actions.take_application_step(by(), again_there, "collected")
    assert Application.objects.get(pk=application.pk).visits == 1
    assert Entry.objects.filter(kind=VISITED.kind).count() == 1


def test_an_application_that_is_erased_takes_its_booking_along() -> None:
    application = service_hands.ready("a-key-for-an-application")
    told = {"name": hands.NAME, "phone": hands.PHONE}
    new = actions.NewBooking(unit("station_lancheng"), services(), told, application)
    one = actions.book(RESIDENT, new, at(9), key=hands.key())
    service_hands.looked_at(application, "identity")
    service_hands.actions.take_application_step(by(), application, "collected")
    catch_up("appointments.erasing")
    assert again(one).name == hands.NAME
    service_hands.actions.erase_words(RESIDENT, service_hands.receipt_of(application))
    catch_up("appointments.erasing")
    gone = again(one)
    assert (gone.name, gone.phone, gone.application, gone.state) == ("", "", None, "cancelled")


def test_a_look_at_who_booked_is_on_record_for_them() -> None:
    from gongzhi.work.appointments.selectors.following import looks_at_booking

    one = booked(at(9))
    with pytest.raises(Refused, match="用途"):
        actions.read_contact(by(), one, "curiosity")
    with pytest.raises(Refused):
        actions.read_contact(by("other"), one, "handle")
    assert actions.read_contact(by(), one, "handle").name == hands.NAME
    [look] = looks_at_booking(one)
    assert look.unit == unit("station_lancheng")
