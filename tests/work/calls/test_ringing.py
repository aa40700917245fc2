"""A call that rings is answered by one, or called back until something came of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from typer.testing import CliRunner

from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.config.cli_calls import calls_app
from gongzhi.work.calls.actions import claim_ring, hang_up, ring
from gongzhi.work.calls.models import Call, Ring
from tests.work.calls.conftest import SignedIn
from tests.work.calls.test_call_page import CRASH

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
EXCHANGE = Actor.system("test")
PHONE = "10012345678"


@pytest.fixture
def key(centre: Unit) -> str:
    return issue_key(
        EXCHANGE, name="电话交换机", unit=centre, permissions=["calls.report_ringing"]
    )[1]


def tell(client: Client, key: str, what: str = "ringing", **told: Any) -> HttpResponse:
    return client.post(  # type: ignore[return-value]
        f"/api/calls/{what}", json.dumps(told), "application/json", headers={"X-API-Key": key}
    )


def rung(**more: Any) -> Ring:
    return ring(EXCHANGE, "a-1", phone=PHONE, line="110-1", **more)


def text(answer: Any) -> str:
    return answer.content.decode()


class TestTheExchange:
    def test_tells_of_a_call_once_however_often_it_says_so(self, key: str) -> None:
        told = {"ref": "a-1", "phone": PHONE, "line": "110-1"}
        assert tell(Client(), key, **told).status_code == 201
        assert tell(Client(), key, **told).status_code == 200
        assert Ring.objects.count() == 1
        assert Entry.objects.filter(kind="calls.call_rang").count() == 1

    def test_its_number_lies_sealed_and_never_on_the_log(self, key: str) -> None:
        tell(Client(), key, ref="a-1", phone=PHONE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT phone FROM calls_ring")
            assert PHONE not in cursor.fetchone()[0]
        assert not Entry.objects.filter(text__contains=PHONE).exists()
        assert Ring.objects.get().phone == PHONE

    @pytest.mark.parametrize(
        ("told", "status", "said"),
        [
            ({"phone": PHONE}, 422, "ref"),
            ({"ref": "a" * 65}, 422, "ref"),
            ({"ref": "a", "phone": 110}, 422, "phone"),
            ({"ref": "a", "line": "线路一"}, 422, "line"),
            ({"ref": "a", "at": "yesterday"}, 422, "at"),
            ({"ref": "a", "at": "2026-11-24T08:15:00"}, 422, "at"),
        ],
    )
    def test_is_told_what_is_wrong_as_a_problem(
        self, key: str, told: dict[str, Any], status: int, said: str
    ) -> None:
        answer = tell(Client(), key, **told)
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        assert said in json.loads(answer.content)["fields"]
        assert not Ring.objects.exists()

    @pytest.mark.parametrize("body", ["", "no", "[]", "[" * 5000])
    def test_sends_json_or_nothing(self, key: str, body: str) -> None:
        answer = Client().post(
            "/api/calls/ringing", body, "application/json", headers={"X-API-Key": key}
        )
        assert answer.status_code == 400

    def test_needs_a_key_that_may(self, centre: Unit) -> None:
        may = ["outcomes.view_measures"]
        other = issue_key(EXCHANGE, name="别的", unit=centre, permissions=may)
        assert tell(Client(), "", ref="a").status_code == 401
        assert tell(Client(), "nonsense", ref="a").status_code == 403
        assert tell(Client(), other[1], ref="a").status_code == 403
        assert not Ring.objects.exists()

    def test_with_a_clock_wrong_by_a_day_still_rings_now(self, key: str) -> None:
        for n, at in enumerate(("2020-01-01T00:00:00+08:00", "2099-01-01T00:00:00Z")):
            tell(Client(), key, ref=f"a-{n}", at=at)
        assert all(abs(one.rang_at - now()) < timedelta(minutes=1) for one in Ring.objects.all())

    def test_whose_first_message_was_lost_is_believed_that_somebody_hung_up(self, key: str) -> None:
        assert tell(Client(), key, "ended", ref="a-9", phone=PHONE).status_code == 200
        lost = Ring.objects.get()
        assert (lost.state, lost.manner, lost.phone) == ("back", "abandoned", PHONE)
        assert tell(Client(), key, "ended", ref="a-9").status_code == 200


class TestAnswering:
    def test_whoever_claims_has_the_form_with_the_number_in_it(self, taker: Client) -> None:
        one = rung(rang_at=now() - timedelta(seconds=12))
        assert f"/calls/ringing/{one.pk}/claim/" in text(taker.get("/calls/ringing/"))
        page = taker.post(f"/calls/ringing/{one.pk}/claim/", follow=True)
        assert f'value="{PHONE}"' in text(page)
        told = CRASH | {"ring": str(one.pk), "caller_phone": PHONE}
        assert taker.post("/calls/new/", told).status_code == 302
        call = Call.objects.select_related("party__person").get()
        one.refresh_from_db()
        assert (one.state, one.call, one.phone) == ("taken", call, "")  # with the caller now
        assert (call.received_at, call.answered_at) == (one.rang_at, one.claimed_at)
        assert call.party is not None
        assert unseal(bytes(call.party.person.sealed))["phone"] == PHONE
        assert "claim" not in text(taker.get("/calls/ringing/"))

    def test_the_slower_one_is_told_who_was_quicker(
        self, taker: Client, signed_in: SignedIn
    ) -> None:
        one = rung()
        taker.post(f"/calls/ringing/{one.pk}/claim/")
        slower = signed_in("dispatcher")
        assert "先接起了" in text(slower.post(f"/calls/ringing/{one.pk}/claim/", follow=True))
        assert PHONE not in text(slower.get(f"/calls/new/?ring={one.pk}"))
        assert Entry.objects.filter(kind="calls.ring_claimed").count() == 1

    def test_a_call_is_not_lost_when_its_ring_is(self, taker: Client) -> None:
        assert taker.post("/calls/new/", CRASH | {"ring": "999999"}).status_code == 302
        assert Call.objects.count() == 1

    def test_nobody_else_sees_the_bell(self, signed_in: SignedIn, centre: Unit) -> None:
        one = rung()
        for role in ("officer", "partner", "analyst"):
            client = signed_in(role)
            assert client.get("/calls/ringing/").status_code == 403
            assert client.get("/calls/back/").status_code == 403
            assert client.post(f"/calls/ringing/{one.pk}/claim/").status_code == 403


class TestCallingBack:
    def test_who_hung_up_while_it_rang_is_called_back_until_reached(self, taker: Client) -> None:
        one = hang_up(EXCHANGE, rung())
        page = text(taker.get("/calls/back/"))
        assert "挂断了" in page
        assert PHONE not in page
        seen = taker.post(f"/calls/back/{one.pk}/number/")
        assert PHONE in text(seen)
        assert Entry.objects.filter(kind="calls.number_seen").count() == 1
        taker.post(f"/calls/back/{one.pk}/tried/", {"result": "no_answer"})
        assert "没人接" in text(taker.get("/calls/back/"))
        form = taker.post(f"/calls/back/{one.pk}/tried/", {"result": "reached"}, follow=True)
        assert f'value="{PHONE}"' in text(form)  # as a call just answered
        one.refresh_from_db()
        assert (one.state, one.call_backs.count()) == ("claimed", 2)

    def test_nobody_gives_up_before_two_tries_and_the_number_goes_then(self, taker: Client) -> None:
        one = hang_up(EXCHANGE, rung())
        close = f"/calls/back/{one.pk}/close/"
        assert taker.post(close, {"outcome": "not_reached"}).status_code == 409
        assert taker.post(close, {"outcome": "misdial"}).status_code == 409  # nobody asked
        assert taker.post(close, {"outcome": "nonsense"}).status_code == 422
        for result in ("busy", "off"):
            taker.post(f"/calls/back/{one.pk}/tried/", {"result": result})
        assert taker.post(close, {"outcome": "not_reached"}).status_code == 302
        one.refresh_from_db()
        assert (one.state, one.outcome, one.phone) == ("closed", "not_reached", "")
        assert taker.post(f"/calls/back/{one.pk}/number/").status_code == 409

    @pytest.mark.parametrize("manner", ["silent", "abandoned"])
    def test_an_answered_call_in_which_nobody_speaks_is_called_back(
        self, taker: Client, manner: str
    ) -> None:
        one = rung()
        taker.post(f"/calls/ringing/{one.pk}/claim/")
        taker.post(f"/calls/ringing/{one.pk}/leave/", {"what": manner})
        one.refresh_from_db()
        assert (one.state, one.manner, one.phone) == ("back", manner, PHONE)
        assert one.back_by is not None
        assert one.back_by <= now() + timedelta(minutes=3)

    def test_a_slip_of_the_finger_ends_there(self, taker: Client) -> None:
        one = rung()
        taker.post(f"/calls/ringing/{one.pk}/claim/")
        taker.post(f"/calls/ringing/{one.pk}/leave/", {"what": "misdial"})
        one.refresh_from_db()
        assert (one.state, one.phone, Call.objects.count()) == ("closed", "", 0)

    def test_what_is_late_says_so(self, taker: Client) -> None:
        one = hang_up(EXCHANGE, rung())
        Ring.objects.filter(pk=one.pk).update(back_by=now() - timedelta(seconds=1))
        assert "该回拨了" in text(taker.get("/calls/back/"))
        assert "超时" in text(taker.get("/calls/new/"))

    def test_a_number_seen_on_the_telephone_is_added_by_hand(self, taker: Client) -> None:
        assert taker.post("/calls/back/", {"phone": "", "manner": "silent"}).status_code == 422
        taker.post("/calls/back/", {"phone": PHONE, "manner": "silent"})
        assert Ring.objects.get().manner == "silent"

    def test_a_caller_who_hung_up_can_not_be_answered_any_more(self, centre: Unit) -> None:
        one = hang_up(EXCHANGE, rung())
        by = Actor.account(
            Account.objects.create(
                username="t", display_name="海小接", unit=centre, roles=["call_taker"]
            )
        )
        with pytest.raises(Refused, match="已经挂断"):
            claim_ring(by, one)

    @pytest.mark.parametrize("many", [1, 20])
    def test_queries_do_not_grow(
        self, taker: Client, many: int, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(many):
            hang_up(EXCHANGE, ring(EXCHANGE, f"b-{n}", phone=PHONE))
        taker.get("/calls/back/")
        with django_assert_max_num_queries(8):
            taker.get("/calls/back/")


def test_the_console_rings_for_those_who_take_calls_too(signed_in: SignedIn) -> None:
    rung()
    page = text(signed_in("dispatcher").get("/console/"))
    assert "bell-claim" in page
    assert PHONE not in page
    assert 'id="bell"' not in text(signed_in("commander").get("/console/"))


def test_an_exchange_rings_and_ends_by_command(centre: Unit, monkeypatch: Any) -> None:
    monkeypatch.setattr("gongzhi.config.cli_calls.begin", lambda home: None)
    run = CliRunner()
    rang = run.invoke(calls_app, ["ring", "-", "--ref", "pbx-7", "--line", "110-2"], input=PHONE)
    assert (rang.exit_code, rang.output.strip()) == (0, "pbx-7")
    run.invoke(calls_app, ["ring", PHONE, "--ref", "pbx-7"])  # told twice, it is one
    made = Ring.objects.get()
    assert (made.phone, made.line, made.state) == (PHONE, "110-2", "ringing")
    assert run.invoke(calls_app, ["ended", "pbx-7"]).output.strip() == "to be called back"
    assert run.invoke(calls_app, ["ended", "pbx-8"]).exit_code == 1
    assert run.invoke(calls_app, ["ring", "1" * 41]).exit_code == 1
