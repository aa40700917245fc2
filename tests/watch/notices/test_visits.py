"""Whoever booked a counter is reminded the day before, and told when a time came free."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from pytest_django import Settings

from gongzhi.base.log.actions import moment
from gongzhi.watch.notices.models import Notice, Shown
from gongzhi.watch.notices.readers import remind
from gongzhi.watch.notices.sending import send_lane
from gongzhi.watch.notices.telling.visits import OFFERED, tell_offer
from gongzhi.work.appointments import actions, events
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.states import State
from tests.work.appointments.hands import EARLY, NAME, PHONE, RESIDENT, at, booked, county

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TUESDAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def a_demo(settings: Settings) -> None:
    settings.DEMO = True
    county()


def test_the_day_before_in_the_morning_once_and_without_a_name() -> None:
    with moment(EARLY):
        one = booked(at(9, 15, TUESDAY))
        booked(at(9, 30, TUESDAY + timedelta(days=1)))
        assert remind() == 0  # too early to be helped by it
    with moment(at(10, 5)):
        assert remind() == 1
        assert remind() == 0
        send_lane("sms")
    shown = Shown.objects.get()
    assert shown.to == PHONE
    assert "9:15" in shown.words
    assert NAME not in shown.words
    with moment(at(10, 10)):
        actions.move(RESIDENT, one, at(10, 0, TUESDAY))
        assert remind() == 1  # another time is told anew


def test_who_gave_it_up_or_was_erased_is_not_reminded() -> None:
    with moment(EARLY):
        actions.cancel(RESIDENT, booked(at(9, 15, TUESDAY)))
        actions.forget(RESIDENT, booked(at(9, 30, TUESDAY)))
    with moment(at(10, 5)):
        assert remind() == 0


def test_where_no_messages_can_be_sent_none_are_lined_up(settings: Settings) -> None:
    settings.DEMO = False
    with moment(EARLY):
        booked(at(9, 15, TUESDAY))
    with moment(at(10, 5)):
        assert remind() == 0
    assert not Notice.objects.exists()


def test_a_time_that_came_free_is_told_at_once() -> None:
    with moment(EARLY):
        one = booked(at(9, 15))
        Appointment.objects.filter(pk=one.pk).update(state=State.OFFERED, answer_by=at(8, 30))
        entry, about = uuid4(), f"appointments.appointment:{one.pk}"
        assert tell_offer(entry, about)
        assert not tell_offer(entry, about)
        notice = Notice.objects.get()
        assert notice.again_at == EARLY
        assert "8:30" in notice.facts


def test_a_free_time_is_on_the_log_that_the_reader_follows() -> None:
    assert events.OFFERED.kind == OFFERED
