"""A caller says once where they are: nobody else can, nothing else is shown, and nothing stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.work.calls.here_codes import code_of
from gongzhi.work.calls.models import HereLink
from tests.safeguards.test_erasure import everywhere
from tests.work.calls.conftest import SignedIn
from tests.work.calls.test_call_page import send, text

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
KEY = "k" * 24
LAT, LON = "29.912345", "122.287654"
THERE = {"lat": LAT, "lon": LON, "accuracy": "18", "age": "3"}


@pytest.fixture
def caller() -> Client:
    """The caller's phone."""
    return Client()


def asked(taker: Client, key: str = KEY) -> str:
    """The address that the call-taker sends for the call in hand."""
    assert taker.post("/calls/here/", {"idempotency_key": key}).status_code == 200
    link = HereLink.objects.latest("pk")
    return f"/here/{code_of(link.pk, link.mark)}/"


def deed(taker: Client, what: str, **told: Any) -> HttpResponse:
    link = HereLink.objects.get()
    sent = {"sent": str(link.sent), **told}
    return taker.post(f"/calls/here/{link.pk}/{what}/", sent)  # type: ignore[return-value]


def test_a_position_is_proposed_and_used_only_when_the_call_taker_takes_it(
    taker: Client, caller: Client
) -> None:
    at = asked(taker)
    assert caller.get(at).status_code == 200
    assert HereLink.objects.get().position == ""  # opening sends nothing
    assert caller.post(at, THERE).json() == {"left": 1}
    piece = text(taker.get(f"/calls/here/{HereLink.objects.get().pk}/"))  # type: ignore[arg-type]
    assert f'data-lat="{LAT}"' in piece
    assert "误差约 18 米" in piece
    assert deed(taker, "take").status_code == 200
    assert not HereLink.objects.exists()
    assert caller.post(at, THERE).status_code == 404  # it has been used


def test_a_link_goes_with_the_call_to_its_incident(
    taker: Client, caller: Client, signed_in: SignedIn
) -> None:
    at = asked(taker)
    send(taker, lat=None, lon=None)
    matter = Matter.objects.get()
    assert matter.point is None
    caller.post(at, THERE)
    console = signed_in("dispatcher")
    shown = text(console.get(f"/console/incidents/{matter.pk}/", headers={"HX-Request": "1"}))  # type: ignore[arg-type]
    assert f'data-lat="{LAT}"' in shown
    link = HereLink.objects.get()
    told = {"link": link.pk, "sent": 1}
    assert console.post(f"/console/incidents/{matter.pk}/here/take/", told).status_code == 302
    matter.refresh_from_db()
    assert (matter.point, matter.accuracy) == ((float(LAT), float(LON)), 18)
    assert not HereLink.objects.exists()


def test_the_console_asks_too_and_a_new_link_ends_the_old_one(
    taker: Client, caller: Client, signed_in: SignedIn
) -> None:
    send(taker)
    matter, console = Matter.objects.get(), signed_in("dispatcher")
    console.post(f"/console/incidents/{matter.pk}/here/")
    old = HereLink.objects.get()
    console.post(f"/console/incidents/{matter.pk}/here/")
    assert caller.get(f"/here/{code_of(old.pk, old.mark)}/").status_code == 404
    assert HereLink.objects.exclude(pk=old.pk).count() == 1
    Matter.objects.update(closed_at=now())
    assert console.post(f"/console/incidents/{matter.pk}/here/").status_code == 409


def test_what_was_looked_at_is_what_is_taken(taker: Client, caller: Client) -> None:
    at = asked(taker)
    caller.post(at, THERE)
    caller.post(at, {**THERE, "lat": "29.95"})
    assert deed(taker, "take", sent="1").status_code == 409
    assert deed(taker, "take", sent="2").status_code == 200


def test_revoked_it_opens_nothing(taker: Client, caller: Client) -> None:
    at = asked(taker)
    caller.post(at, THERE)
    deed(taker, "revoke")
    assert caller.get(at).status_code == 404
    assert everywhere(LAT) == []


def test_outside_the_county_it_is_told_and_not_taken(taker: Client, caller: Client) -> None:
    at = asked(taker)
    caller.post(at, {**THERE, "lat": "35.0"})
    assert "在本县范围以外" in text(taker.get(f"/calls/here/{HereLink.objects.get().pk}/"))  # type: ignore[arg-type]
    assert deed(taker, "take").status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [{"lat": ""}, {"lat": "0", "lon": "0"}, {"lat": "nan"}, {"accuracy": "-1"}, {"accuracy": "x"},
     {"accuracy": "1e999"}, {"age": "90000"}],
)  # fmt: skip
def test_what_is_no_position_is_refused(
    taker: Client, caller: Client, wrong: dict[str, str]
) -> None:
    at = asked(taker)
    assert caller.post(at, {**THERE, **wrong}).status_code in {400, 422}
    assert HereLink.objects.get().sent == 0


def test_only_whoever_asked_sees_the_link_of_a_call_in_hand(
    taker: Client, caller: Client, signed_in: SignedIn
) -> None:
    caller.post(asked(taker), THERE)
    other = signed_in("call_taker", "other")
    assert LAT not in text(other.get(f"/calls/here/{HereLink.objects.get().pk}/"))  # type: ignore[arg-type]
    assert deed(other, "take").status_code == 404
    assert caller.post("/calls/here/", {"idempotency_key": KEY}).status_code in {302, 403}


def test_guessing_is_throttled(taker: Client, caller: Client) -> None:
    asked(taker)
    answers = {caller.get("/here/aaaaaaaaaa/").status_code for _ in range(130)}
    assert answers == {404, 429}
