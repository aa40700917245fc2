"""A caller may say where they are: once or twice, to the desk alone, and never without pressing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.events import declared_events
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.work.calls.actions.here import ALIVE
from gongzhi.work.calls.models import HereLink
from gongzhi.work.calls.readers import let_go
from tests.house.source import ROOT
from tests.safeguards.test_erasure import everywhere
from tests.work.calls.conftest import centre, signed_in, taker
from tests.work.calls.test_call_page import CRASH, send, text
from tests.work.calls.test_here import LAT, LON, THERE, asked, caller, deed

__all__ = ["caller", "centre", "signed_in", "taker"]
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_the_page_asks_the_phone_only_when_its_button_is_pressed() -> None:
    script = (ROOT / "frontend/js/here.js").read_text("utf-8")
    assert script.count("getCurrentPosition") == 1
    assert script.index("locate() {") < script.index("getCurrentPosition")
    for again in ("watchPosition", "setInterval", "setTimeout", "localStorage", "cookie"):
        assert again not in script


def test_no_event_of_calls_has_room_for_where_a_caller_is() -> None:
    told = [event.fields for kind, event in declared_events().items() if kind.startswith("calls.")]
    assert len(told) > 15
    assert not {name for fields in told for name in fields} & {"lat", "lon", "point", "h9", "place"}


def test_no_link_takes_a_third_position(taker: Client, caller: Client) -> None:
    at = asked(taker)
    assert [caller.post(at, THERE).status_code for _ in range(3)] == [200, 200, 409]
    assert HereLink.objects.get().sent == 2


def test_the_page_tells_nothing_of_the_call(taker: Client, caller: Client) -> None:
    """Who has the link need not be who called: no word, place, number or name of the incident."""
    at = asked(taker)
    send(taker)
    matter = Matter.objects.get()
    answer = caller.get(at)
    page = text(answer)  # type: ignore[arg-type]
    for told in (CRASH["words"], CRASH["place"], CRASH["caller_name"], matter.number, matter.title):
        assert told not in page
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    caller.post(at, THERE)
    assert LAT not in text(caller.get(at))  # type: ignore[arg-type]  # not even what was sent


def test_the_position_lies_sealed_and_never_on_the_log(taker: Client, caller: Client) -> None:
    caller.post(asked(taker), THERE)
    assert everywhere(LAT) == []
    assert everywhere(LON) == []
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"calls.here_asked", "calls.here_sent"} <= kinds


def test_what_is_not_taken_is_erased_at_once_or_when_the_time_is_over(
    taker: Client, caller: Client
) -> None:
    at = asked(taker)
    caller.post(at, THERE)
    assert deed(taker, "leave").status_code == 200
    assert HereLink.objects.get().position == ""
    caller.post(at, THERE)
    with moment(now() + ALIVE + timedelta(seconds=1)):
        assert caller.get(at).status_code == 404
        assert caller.post(at, THERE).status_code == 404
        assert let_go() == 1
        assert let_go() == 0
    assert not HereLink.objects.exists()
