"""The pages as they are asked for, without a script: from the guide to the counter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.calendars import token_of
from gongzhi.work.appointments.models import Appointment, Ticket
from gongzhi.work.appointments.readers import sweep
from gongzhi.work.participation.codes import code_for
from tests.work.appointments import hands
from tests.work.appointments.hands import (
    CARD,
    DOG,
    EARLY,
    NAME,
    PERMIT,
    RESIDENT,
    SMALL,
    account,
    at,
    booked,
    moment,
    unit,
)
from tests.work.public_services import hands as service_hands

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
STATION = "station_lancheng"
AT = "2026-11-30T09:00"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with moment(EARLY), hands.rules(kept=0):
        hands.county()
        yield


def inside(name: str = "clerk") -> Client:
    client = Client()
    client.force_login(account(name))
    return client


def said(client: Client, path: str, **sent: object) -> str:
    answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def address(*codes: str, more: str = "") -> str:
    return "&".join(f"service={one}" for one in codes) + f"&office={STATION}{more}"


def contact(**more: str) -> dict[str, str]:
    return {"name": NAME, "phone": hands.PHONE, "key": hands.key(), **more}


class TestBooking:
    def test_goes_from_the_guide_to_the_code(self, client: Client) -> None:
        assert "/appointments/times/?service=residence_permit" in said(
            client, "/services/residence_permit/"
        )
        assert "到哪里办" in said(client, f"/appointments/times/?service={PERMIT}&service={CARD}")
        page = said(client, f"/appointments/times/?{address(PERMIT, CARD)}")
        assert f"at={AT}" in page
        path = f"/appointments/book/?{address(PERMIT, CARD)}&at={AT}"
        assert "一共约 30 分钟" in said(client, path)
        page = said(client, path, **contact())
        one = Appointment.objects.get()
        assert (one.minutes, one.starts_at) == (30, at(9))
        assert "约好了" in page
        assert re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", page)
        assert NAME not in page

    def test_sent_twice_is_one(self, client: Client) -> None:
        told, path = contact(), f"/appointments/book/?{address(PERMIT)}&at={AT}"
        said(client, path, **told)
        said(client, path, **told)
        assert Appointment.objects.count() == 1

    def test_of_a_time_that_is_gone_offers_the_next(self, client: Client) -> None:
        booked(at(9))
        booked(at(9))
        answer = client.post(f"/appointments/book/?{address(PERMIT)}&at={AT}", contact())
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "最近的空位是" in page
        assert "at=2026-11-30T09:15" in page
        assert NAME in page

    def test_of_a_closed_day_is_no_line_to_stand_in(self, client: Client) -> None:
        for day in ("2026-11-29", "2026-12-05", "2036-11-30"):
            answer = client.get(f"/appointments/wait/?{address(PERMIT)}&day={day}")
            assert (answer.status_code, "/times/" in answer["Location"]) == (302, True), day
        with pytest.raises(Refused):
            hands.waiting(day=date(2026, 12, 5))

    def test_says_what_is_wrong_in_words(self, client: Client) -> None:
        answer = client.get("/appointments/times/")
        assert (answer.status_code, "请先选要办什么" in answer.content.decode()) == (422, True)
        answer = client.get(f"/appointments/times/?service={PERMIT}&service=passport")
        assert (answer.status_code, "请分开约" in answer.content.decode()) == (409, True)
        answer = client.get(f"/appointments/book/?{address(PERMIT)}&at=never")
        assert (answer.status_code, "不能约" in answer.content.decode()) == (409, True)
        told = contact(name="")
        answer = client.post(f"/appointments/book/?{address(PERMIT)}&at={AT}", told)
        assert (answer.status_code, "怎么称呼您" in answer.content.decode()) == (422, True)

    def test_from_an_application_is_tied_to_it(self, client: Client) -> None:
        one = service_hands.applied("a-key-for-an-application")
        page = said(client, "/services/resume/", code=code_for("a-key-for-an-application"))
        assert "for=application" in page
        path = f"/appointments/book/?{address(PERMIT)}&for=application&at={AT}"
        said(client, path, **contact())
        assert Appointment.objects.get().application_id == one.pk
        assert "看我的预约" in said(client, "/follow/matter/")
        assert "约好的时间" in said(inside(), f"/applications/{one.pk}/receipt/")


class TestOnesOwn:
    def test_is_moved_and_given_up(self, client: Client) -> None:
        one = booked(at(9))
        page = said(client, "/appointments/open/", code=code_for(one.key))
        assert "改时间" in page
        assert "2026-11-30T10:00" in said(client, "/appointments/mine/move/?day=2026-11-30")
        said(client, "/appointments/mine/move/", at="2026-11-30T10:00")
        assert hands.again(one).starts_at == at(10)
        said(client, "/appointments/mine/cancel/", yes="1")
        assert hands.again(one).state == "cancelled"

    def test_comes_as_a_calendar_file_without_a_name(self, client: Client) -> None:
        one = booked(at(9), PERMIT, CARD)
        said(client, "/appointments/open/", code=code_for(one.key))
        answer = client.get("/appointments/mine/visit.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        assert NAME not in answer.content.decode()
        [entry] = Calendar.from_ical(answer.content).walk("VEVENT")
        assert entry.decoded("dtstart") == at(9)
        assert entry.decoded("dtend") == at(9, 30)
        assert "办居住证" in str(entry["summary"])
        assert len(entry.walk("VALARM")) == 2

    def test_needs_the_code(self, client: Client) -> None:
        one = booked(at(9))
        assert client.get("/appointments/mine/").status_code == 302
        for deed in ("cancel", "accept", "forget"):
            assert client.post(f"/appointments/mine/{deed}/").status_code == 404
        assert client.post("/appointments/open/", {"code": "222233334444"}).status_code == 422
        assert hands.again(one).state == "booked"

    def test_a_place_in_the_line_becomes_a_time(self, client: Client) -> None:
        with hands.rules(**SMALL):
            full = [booked(at(9, minute)) for minute in (0, 15, 30, 45)]
            day = f"{address(PERMIT)}&day=2026-11-30"
            assert "这一天约满了" in said(client, f"/appointments/times/?{day}")
            assert "您前面还有 0 位" in said(client, f"/appointments/wait/?{day}", **contact())
            actions.cancel(RESIDENT, full[1])
            sweep()
            assert "我要这个时间" in said(client, "/appointments/mine/")
            assert "约好了" in said(client, "/appointments/mine/accept/", yes="1")


class TestTheOffice:
    def test_has_its_bookings_as_a_feed_without_anybody_in_it(self, client: Client) -> None:
        booked(at(9), DOG)
        path = f"/hall/{STATION}/calendar/"
        feed = client.get(f"{path}{token_of('feed', unit(STATION))}.ics")
        [entry] = Calendar.from_ical(feed.content).walk("VEVENT")
        assert "办养犬登记" in str(entry["summary"]) or "犬" in str(entry["summary"])
        assert NAME not in feed.content.decode()
        assert client.get(f"{path}{'0' * 32}.ics").status_code == 404
        assert client.get(f"{path}{token_of('kiosk', unit(STATION))}.ics").status_code == 404

    def test_gives_numbers_at_its_door_and_nowhere_else(self, client: Client) -> None:
        path = f"/hall/{STATION}/numbers/{token_of('kiosk', unit(STATION))}/"
        assert "A001" in said(client, path, service=PERMIT)
        assert client.post(f"/hall/{STATION}/numbers/{'0' * 32}/").status_code == 404
        for elsewhere in ("passport", "driving_licence"):
            assert client.post(path, {"service": elsewhere}).status_code == 409
            assert elsewhere not in client.get(path).content.decode()
        assert Ticket.objects.count() == 1

    def test_lets_whoever_booked_in_by_their_code(self, client: Client) -> None:
        one = booked(at(9), PERMIT, CARD)
        path = f"/hall/{STATION}/numbers/{token_of('kiosk', unit(STATION))}/"
        assert "B001" in said(client, path, code=code_for(one.key))
        assert hands.again(one).state == "arrived"
        assert client.post(path, {"code": code_for(one.key)}).status_code == 409
        assert client.post(path, {"code": "222233334444"}).status_code == 422

    def test_screen_shows_numbers_and_nobody(self, client: Client) -> None:
        with moment(at(9)):
            one = booked(at(10))
            desk = inside()
            said(desk, "/counters/find/", code=code_for(one.key), counter="1")
            said(desk, "/counters/take/", service=PERMIT, counter="1")
            said(desk, "/counters/call/", counter="1")
            page = said(client, f"/hall/{STATION}/")
        assert "A002" in page
        assert "B001" in page
        assert NAME not in page
        assert "先叫谁" in page
        part = client.get(f"/hall/{STATION}/", headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert client.get("/hall/nowhere/").status_code == 404

    def test_desk_shows_who_is_next_and_does_what_is_done_there(self) -> None:
        with moment(at(9)):
            one = booked(at(10))
            desk = inside()
            assert "10:00" in said(desk, "/counters/?counter=1")
            said(desk, f"/counters/bookings/{one.pk}/arrived/", counter="1")
            said(desk, "/counters/call/", counter="1")
            ticket = Ticket.objects.get()
            assert "B001" in said(desk, "/counters/?counter=1")
            said(desk, f"/counters/tickets/{ticket.pk}/on/", to="2", counter="1")
            said(desk, "/counters/call/", counter="2")
            said(desk, f"/counters/tickets/{ticket.pk}/served/", counter="2")
            assert "办完了" in said(desk, "/counters/day/")
            page = said(desk, f"/counters/bookings/{one.pk}/contact/", purpose="handle")
        assert NAME in page
        assert NAME not in said(desk, "/counters/day/?day=2026-11-30")

    def test_desk_and_screen_ask_no_more_for_many_than_for_one(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        desk = inside()
        with moment(at(8, 1)):
            for n in range(20):
                one = booked(at(9 + n // 8, 15 * (n // 2 % 4)))
                if n % 3:
                    actions.arrive(hands.by(), one)
                actions.take_number(hands.by(), unit(STATION), hands.services())
            said(desk, "/counters/")
            with django_assert_max_num_queries(8):
                said(desk, "/counters/")
            with django_assert_max_num_queries(3):
                said(client, f"/hall/{STATION}/")
            with django_assert_max_num_queries(8):
                said(desk, "/counters/day/?day=2026-11-30")
            assert "A" in said(desk, f"/counters/tickets/{Ticket.objects.latest('pk').pk}/")

    def test_is_open_to_its_own_clerks_alone(self, client: Client) -> None:
        one = booked(at(9))
        assert client.get("/counters/").status_code == 302
        answer = inside("other").post(f"/counters/bookings/{one.pk}/arrived/")
        assert answer.status_code == 404
        answer = inside("other").post("/counters/find/", {"code": code_for(one.key)})
        assert answer.status_code == 404
