"""What was taken on paper is entered once, whole, with the times that the paper tells."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.work.calls.models import Call, PaperSlip
from tests.work.calls.conftest import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE = "/calls/paper/enter/"


def ago(minutes: float) -> str:
    """As a browser writes a local time, so many minutes ago."""
    return timezone.localtime(now() - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


def slip(**changed: str) -> dict[str, str]:
    told = {
        "number": "017", "received_at": ago(300), "answered_at": ago(300), "category": "fight",
        "words": "码头有人打架", "place": "澜城码头", "lat": "29.95", "lon": "122.25",
        "caller_name": "海先生", "caller_phone": "139", "sent": "澜城 01",
        "dispatched_at": ago(298), "on_scene_at": ago(290), "cleared_at": ago(260),
        "disposition": "mediated", "priority": "",
    }  # fmt: skip
    return told | changed


def send(client: Client, *slips: dict[str, str]) -> HttpResponse:
    told = {"form-TOTAL_FORMS": str(len(slips)), "form-INITIAL_FORMS": "0"}
    for n, one in enumerate(slips):
        told |= {f"form-{n}-{name}": text for name, text in one.items()}
    return client.post(PAGE, told)  # type: ignore[return-value]


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_slip_keeps_its_own_times_and_says_who_entered_it_when(taker: Client) -> None:
    assert send(taker, slip()).status_code == 302
    call = Call.objects.select_related("matter", "slip").get()
    matter, kept = call.matter, call.slip
    assert call.taken_by is None
    assert kept.entered_by is not None
    assert now() - call.received_at > timedelta(hours=4)
    assert matter.opened_at == call.received_at  # so that hour and day are the real ones
    assert (matter.step, matter.closed_at is not None) == ("recorded", True)
    assert kept.on_scene_at is not None
    assert kept.on_scene_at > kept.dispatched_at > call.received_at  # type: ignore[operator]
    entry = Entry.objects.get(kind="calls.paper_entered")
    assert now() - entry.at < timedelta(minutes=1)  # the log has when it was entered
    assert datetime.fromisoformat(json.loads(entry.text)["received_at"]) == call.received_at
    assert verify().holds
    assert "纸质接警单补录" in text(taker.get(f"/console/?incident={matter.pk}&show=all"))


def test_nothing_of_what_is_over_is_late(taker: Client) -> None:
    send(taker, slip())
    assert set(ClockRun.objects.values_list("outcome", flat=True)) == {"lapsed"}


def test_what_is_not_dealt_with_yet_waits_at_the_desk(taker: Client) -> None:
    send(taker, slip(cleared_at="", disposition="", on_scene_at="", dispatched_at=""))
    assert Matter.objects.get().step == "received"


def test_two_sends_of_one_batch_are_one(taker: Client) -> None:
    for _ in range(2):
        assert send(taker, slip(), slip(number="018")).status_code == 302
    assert (Call.objects.count(), PaperSlip.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "必填"),
        ({"category": ""}, "必填"),
        ({"words": ""}, "必填"),
        ({"received_at": ""}, "必填"),
        ({"received_at": ago(-90)}, "还没到"),
        ({"received_at": ago(60 * 24 * 90)}, "比 60 天还早"),
        ({"on_scene_at": ago(299)}, "比前一个时间还早"),
        ({"cleared_at": ""}, "还差处置完毕的时间"),
        ({"disposition": ""}, "请选处置结果"),
        ({"lat": "39.9", "lon": "116.4"}, "不在本县范围内"),
        ({"words": "<script>alert(1)</script>", "number": ""}, "&lt;script&gt;"),
    ],
)
def test_one_wrong_row_keeps_the_whole_batch_out_and_all_that_was_typed(
    taker: Client, wrong: dict[str, str], said: str
) -> None:
    before = Entry.objects.count()
    answer = send(taker, slip(number="016", words="第一张没有错"), slip(**wrong))
    assert answer.status_code == 422
    assert said in text(answer)
    assert "第一张没有错" in text(answer)
    assert (Call.objects.count(), Entry.objects.count()) == (0, before)


def test_a_number_twice_in_one_batch_is_seen(taker: Client) -> None:
    assert "出现了两次" in text(send(taker, slip(), slip()))
    assert not Call.objects.exists()


def test_nothing_written_is_said_and_too_many_are_refused(taker: Client) -> None:
    assert "还没有填任何一张" in text(send(taker))
    assert send(taker, *[slip(number=str(n)) for n in range(11)]).status_code == 422
    assert not Call.objects.exists()


def test_the_form_is_printed_ahead_in_both_languages(taker: Client, signed_in: SignedIn) -> None:
    page = text(taker.get("/calls/paper/?n=3"))
    assert page.count('class="paper"') == 3
    for said in ("来电时间", "Call sheet", "没有正常呼吸", "100–120 a minute", "Weapon"):
        assert said in page
    assert text(taker.get("/calls/paper/?n=x")).count('class="paper"') == 1
    assert text(taker.get("/calls/paper/?n=9999")).count('class="paper"') == 20
    assert signed_in("officer").get(PAGE).status_code == 403
