"""What waits too long is told further up: units, each rung once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from gongzhi.base.catalogue.kinds.ladder import Ladder
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.work.joint.models import Escalation
from gongzhi.work.joint.readers import climb
from gongzhi.work.participation.actions import send_on, take_up, withdraw_request
from tests.work.participation.cast import RESIDENT, by, clerk, lamp, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
START = datetime.fromisoformat("2026-11-16T09:30:00+08:00")


def waiting() -> object:
    unit("hotline"), unit("bureau")
    with moment(START):
        return lamp()


def told_at(text: str) -> list[tuple[str, str]]:
    with moment(datetime.fromisoformat(f"{text}+08:00")):
        climb()
    rows = Escalation.objects.order_by("pk").select_related("unit")
    return [(one.ladder, one.unit.code) for one in rows]


def test_each_rung_is_told_once_to_its_unit() -> None:
    waiting()
    assert told_at("2026-11-16T12:00:00") == []
    first = ("request_accept", "city_management")
    assert told_at("2026-11-18T08:00:00") == [first]
    assert told_at("2026-11-18T09:00:00") == [first]
    assert told_at("2026-11-19T08:00:00")[1:] == [("request_accept", "hotline")]
    later = told_at("2026-11-20T08:00:00")
    assert later[2:] == [("request_accept", "bureau")]


def test_a_county_that_was_off_is_told_of_the_highest_rung_alone() -> None:
    waiting()
    told = told_at("2026-11-29T08:00:00")
    assert sorted(told) == [("request_accept", "bureau"), ("request_answer", "bureau")]


def test_what_was_done_in_time_is_told_to_nobody() -> None:
    receipt = waiting()
    with moment(START + timedelta(hours=2)):
        take_up(by("city_management"), receipt.matter)  # type: ignore[attr-defined]
    assert told_at("2026-11-20T08:00:00") == []
    withdraw_request(RESIDENT, receipt)  # type: ignore[arg-type]
    assert told_at("2026-12-20T08:00:00") == []


def test_the_list_is_the_unit_s_and_goes_when_seen(client: Client) -> None:
    waiting()
    told_at("2026-11-18T08:00:00")
    client.force_login(clerk("housing", "unit_leader"))
    assert "路灯不亮" not in client.get("/requests/escalations/").content.decode()
    client.force_login(clerk("city_management", "partner"))
    page = client.get("/requests/escalations/").content.decode()
    assert "路灯不亮" in page
    one = Escalation.objects.get()
    assert client.post(f"/requests/escalations/{one.pk}/seen/").status_code == 302
    assert client.post(f"/requests/escalations/{one.pk}/seen/").status_code == 404
    assert Entry.objects.filter(kind="joint.escalation_seen").count() == 1


def test_a_ladder_that_goes_down_is_refused() -> None:
    words = {"zh": "一", "en": "one"}
    example = {"start": START, "due": START + timedelta(days=1), "at": START, "reached": 0}
    told = {"code": "one", "name": words, "clocks": ["request_accept"], "examples": [example]}
    rungs = [{"late": "P1D", "tells": "unit"}, {"late": "PT0S", "tells": "bureau"}]
    with pytest.raises(ValueError, match="later than the one before"):
        Ladder.model_validate({**told, "rungs": rungs})
    with pytest.raises(ValueError, match="exactly one"):
        Ladder.model_validate({**told, "rungs": [{"tells": "unit"}]})
    wrong = {**example, "reached": 1}
    with pytest.raises(ValueError, match="reaches 0, not 1"):
        Ladder.model_validate({**told, "rungs": rungs[:1], "examples": [wrong]})


def test_a_dispute_has_its_clock_and_is_decided_on_one_page(client: Client) -> None:
    unit("hotline")
    matter = lamp().matter
    city, housing = by("city_management"), by("housing")
    for giver, taker in ((city, "housing"), (housing, "city_management"), (city, "housing")):
        matter = send_on(giver, matter, unit(taker), reason="not_ours")
    assert matter.owner_unit.code == "hotline"
    assert matter.clocks.filter(clock="request_dispute", stopped_at=None).count() == 1
    client.force_login(clerk("hotline"))
    page = client.get("/requests/disputes/").content.decode()
    assert page.count("不属于本单位职责") >= 2
    sent = {"unit": "housing", "reason": "better_placed"}
    assert client.post(f"/requests/{matter.pk}/send/", sent).status_code == 302
    assert not matter.clocks.filter(clock="request_dispute", stopped_at=None).exists()
    client.force_login(clerk("housing"))
    assert matter.number not in client.get("/requests/disputes/").content.decode()
    client.force_login(clerk("bureau", "supervisor"))
    numbers = client.get("/requests/routing/").content.decode()
    assert "综合行政执法局" in numbers
