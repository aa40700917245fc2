"""Partners that keep silent: whoever asked them is told, finds them all on one page, and rings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment, now
from gongzhi.base.people.models import Account
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.selectors.late import shown_late
from gongzhi.work.linked.states import State
from tests.work.linked.cast import account, answer, ask, body, fire_desk, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LATER = timedelta(minutes=20)


def signed_in(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def desk() -> Client:
    return signed_in(account("dispatcher", body("command_centre", "department"), "desk"))


def waits(client: Client) -> dict[str, int]:
    return {one["key"]: one["many"] for one in client.get("/waiting/").json()["waiting"]}


def test_a_silent_partner_is_counted_for_the_desk_until_somebody_rings(desk: Client) -> None:
    request = ask(incident("fire", priority=1))
    assert waits(desk) == {}
    with moment(now() + LATER):
        assert waits(desk) == {"late": 1}
        assert desk.post(f"/linked/late/{request.pk}/phoned/").status_code == 302
        assert waits(desk) == {}
        assert [row.id for row, _matter in shown_late()] == [request.pk], "it is still late"


def test_all_incidents_partners_are_listed_the_longest_late_first_with_their_numbers(
    desk: Client,
) -> None:
    ask(incident("fire", priority=1))
    with moment(now() + timedelta(minutes=2)):
        ask(incident("medical", priority=1), "ambulance")
    with moment(now() + LATER):
        page = desk.get("/linked/late/").content.decode()
        assert page.index("119") < page.index("120 急救")
        assert 'href="tel:119"' in page
        assert 'data-keys="t"' in page


def test_whoever_was_rung_about_sinks_below_those_that_nobody_has_rung(desk: Client) -> None:
    first, second = ask(incident("fire", priority=1)), ask(incident("fire", priority=1))
    with moment(now() + LATER):
        desk.post(f"/linked/late/{first.pk}/phoned/")
        assert [row.id for row, _matter in shown_late()] == [second.pk, first.pk]


def test_what_the_partner_says_on_the_phone_is_noted_as_said_there(desk: Client) -> None:
    request = ask(incident("fire", priority=1))
    with moment(now() + LATER):
        page = desk.post(
            f"/linked/late/{request.pk}/said/", {"answer": "under_way"},
            headers={"HX-Request": "true"},
        )  # fmt: skip
        assert page.status_code == 200
        request.refresh_from_db()
        assert (request.state, request.answers.get().via) == (State.UNDER_WAY, "phone")
        assert "没有要催的联动单位" in page.content.decode()


def test_one_that_said_yes_and_never_came_is_late_again() -> None:
    request = ask(incident("fire", priority=1))
    answer(request, "accepted")
    with moment(now() + timedelta(hours=3)):
        assert [row.id for row, _matter in shown_late()] == [request.pk]
        answer(request, "there")
        assert shown_late() == []


def test_nobody_but_those_who_ask_partners_sees_it() -> None:
    request = ask(incident("fire", priority=1))
    partner = signed_in(fire_desk())
    with moment(now() + LATER):
        assert waits(partner) == {}
        assert partner.get("/linked/late/").status_code == 403
        assert partner.post(f"/linked/late/{request.pk}/phoned/").status_code == 403
        assert LinkedRequest.objects.get().phoned_at is None


def test_as_many_queries_for_thirty_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _nth in range(30):
        ask(incident("fire", priority=1))
    with moment(now() + LATER):
        with django_assert_max_num_queries(16):
            desk.get("/linked/late/")
        with django_assert_max_num_queries(9):
            assert waits(desk) == {"late": 30}
