"""A request that is an emergency: at the dispatch desk in one step, its resident goes along."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.actions import hand_to_110
from gongzhi.work.participation.actions import erase_own, withdraw_request
from gongzhi.work.participation.codes import code_for
from tests.work.participation.cast import KEY, RESIDENT, SQUARE, answered, by, clerk, lamp, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told() -> Matter:
    unit("command_centre")
    contact = {"name": "王", "phone": "13900001111"}
    return lamp(words="灯杆倒下来砸到人了", point=SQUARE, contact=contact).matter


def test_the_incident_has_all_that_was_told_and_whom_to_call_back() -> None:
    request = told()
    incident = hand_to_110(by("city_management"), request, "help_public")
    assert (incident.procedure, incident.owner_unit.code) == ("incident", "command_centre")
    assert incident.narrative.words == "灯杆倒下来砸到人了"
    assert incident.point is not None
    assert Party.objects.get().matter_id == incident.pk
    request.refresh_from_db()
    assert (request.step, request.merged_into) == ("to_110", incident)


def test_the_resident_follows_the_incident_with_the_same_code(client: Client) -> None:
    incident = hand_to_110(by("city_management"), told(), "help_public")
    client.post("/follow/", {"code": code_for(KEY)})
    page = client.get("/follow/matter/").content.decode()
    assert incident.number in page
    assert "从居民诉求转来" in page


def test_words_for_the_desk_go_along_and_not_into_the_log() -> None:
    incident = hand_to_110(by("city_management"), told(), "help_public", "伤者在车棚里")
    assert [one.words for one in incident.messages.all()] == ["伤者在车棚里"]
    assert not incident.messages.filter(public=True).exists()
    assert not Entry.objects.filter(text__contains="车棚").exists()


def test_the_desk_sees_it(client: Client) -> None:
    incident = hand_to_110(by("city_management"), told(), "help_public")
    client.force_login(clerk("command_centre", "dispatcher"))
    page = client.get(f"/incidents/{incident.pk}/", follow=True)
    assert page.status_code in {200, 404}


@pytest.mark.parametrize("category", ["", "lamp_out", "nonsense"])
def test_only_what_is_an_incident_goes_to_110(category: str) -> None:
    request = told()
    with pytest.raises(Refused):
        hand_to_110(by("city_management"), request, category)
    assert Matter.objects.count() == 1
    assert Party.objects.get().matter_id == request.pk


def test_neither_another_unit_s_nor_what_has_ended() -> None:
    request = told()
    with pytest.raises(Refused, match="综合行政执法局"):
        hand_to_110(by("housing"), request, "help_public")
    withdraw_request(RESIDENT, request.receipts.get())
    with pytest.raises(Refused):
        hand_to_110(by("city_management"), request, "help_public")


def test_an_answered_one_is_not_an_emergency() -> None:
    receipt = answered(lamp())
    unit("command_centre")
    with pytest.raises(Refused):
        hand_to_110(by("city_management"), receipt.matter, "help_public")


def test_whoever_asks_to_erase_is_told_where_it_is() -> None:
    request = told()
    hand_to_110(by("city_management"), request, "help_public")
    with pytest.raises(Refused):
        erase_own(RESIDENT, request.receipts.get())


def test_the_request_s_page_still_opens(client: Client) -> None:
    request = told()
    client.force_login(clerk("city_management"))
    assert "转 110" in client.get(f"/requests/{request.pk}/").content.decode()
    sent = client.post(f"/requests/{request.pk}/to-110/", {"category": "help_public"})
    assert sent.status_code == 302
    page = client.get(f"/requests/{request.pk}/").content.decode()
    assert "已转 110" in page
