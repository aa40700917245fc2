"""A partner's system is told at once, in messages that say nothing of anybody."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from datetime import timedelta
from ipaddress import ip_address, ip_network

import pytest
from django.test import Client
from pytest_django import Settings

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewParty
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.outside import LineFailed, may_ask
from gongzhi.watch.exchange.webhooks.actions import enable_hook, end_hook, open_hook
from gongzhi.watch.exchange.webhooks.models import Delivery, Hook
from gongzhi.watch.exchange.webhooks.sending import due_hooks, post, send_to, try_hook
from gongzhi.watch.exchange.webhooks.signing import signature
from gongzhi.work.participation.actions import ask_resident, note_down, send_on, take_up
from tests.watch.webhooks.conftest import System, again, follow, hooked, send
from tests.work.linked.cast import SYSTEM, account, answer, ask, body, incident
from tests.work.participation.cast import by, lamp, unit

ATTRIBUTES = {
    "specversion", "id", "source", "type", "subject", "time", "timestamp", "datacontenttype",
    "sequence", "data",
}  # fmt: skip
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_it_is_told_of_its_own_requests_in_order_each_signed_as_the_standard_says(
    system: System,
) -> None:
    _hook, secret = hooked(system)
    request = ask(code="ambulance")
    ask(incident("fire"), "fire_rescue")  # another's
    answer(request, "accepted")
    assert send() == 2
    assert send() == 0
    told = [json.loads(text) for _headers, text in system.got]
    assert [one["type"] for one in told] == ["linked.partner_asked", "linked.request_answered"]
    assert told[0]["data"]["request"] == request.pk
    assert told[0]["data"]["url"].endswith(f"/api/linked/v1/requests/{request.pk}")
    for headers, text in system.got:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + text
        key = b64decode(secret.removeprefix("whsec_"))
        mac = b64encode(hmac.digest(key, signed, "sha256")).decode()
        assert headers["webhook-signature"] == f"v1,{mac}"
        assert Entry.objects.filter(id=headers["webhook-id"]).exists()


def test_a_department_is_told_of_residents_requests_and_of_nobody_else_s(system: System) -> None:
    open_hook(SYSTEM, unit("city_management"), system.url + "/told")
    own, _other = lamp().matter, lamp("o" * 24, unit=unit("housing")).matter
    office = by("city_management")
    ask_resident(office, take_up(office, own), "哪一盏？")
    own = send_on(office, own, unit("housing"), reason="not_ours")
    note_down(by("housing"), own, "看过")
    send()
    told = [json.loads(text) for _headers, text in system.got]
    assert {one["data"]["request"] for one in told} == {own.pk}
    assert told[0]["data"]["url"].endswith(f"/api/v1/requests/{own.pk}")
    kinds = [one["type"].partition(".")[2] for one in told]
    assert kinds[0] == "matter_opened"
    assert kinds[-1] == "matter_handed_over"
    assert "words_added" not in kinds
    assert all(set(one["data"]) == {"change", "request", "url"} for one in told)


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    secret, name, stamp = (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
    )
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(secret, name, stamp, b'{"test": 2432232314}') == expected


def test_nothing_of_a_person_a_place_or_a_word_travels(system: System) -> None:
    hooked(system)
    caller = NewParty("caller", {"name": "海某某", "phone": "13800000000"})
    matter = incident("medical", words="我爸晕倒了", place="海平路 12 号", parties=[caller])
    ask(matter, "ambulance", offers=["ambulance"], words="四楼，没有电梯", share_contact=True)
    send()
    ((_headers, text),) = system.got
    assert set(json.loads(text)) == ATTRIBUTES
    assert set(json.loads(text)["data"]) == {"change", "request", "url"}
    assert text.isascii()
    assert b"138" not in text.replace(str(now().year).encode(), b"")


def test_a_system_that_is_down_is_told_later_with_the_same_id_and_misses_nothing(
    system: System,
) -> None:
    hooked(system)
    request = ask(code="ambulance")
    system.status = 503
    assert send() == 0
    assert due_hooks() == [], "it is left in peace for a while"
    answer(request, "accepted")
    system.status = 200
    with moment(now() + timedelta(seconds=10)):
        assert send() == 2
    ids = [headers["webhook-id"] for headers, _text in system.got]
    assert ids[0] == ids[1] != ids[2]
    assert again().failing_since is None
    told = Entry.objects.filter(kind__startswith="webhooks.").order_by("seq")
    kinds = list(told.values_list("kind", flat=True))
    assert kinds == ["webhooks.hook_opened", "webhooks.hook_failing", "webhooks.hook_back"]


def test_the_wait_grows_and_after_three_days_it_is_given_up_and_somebody_is_told(
    system: System,
) -> None:
    hooked(system)
    ask(code="ambulance")
    system.status, begin = 500, now()
    waits = []
    for hours in (0, 1, 2, 3, 71, 73):
        with moment(begin + timedelta(hours=hours)):
            send()
            found = again()
            assert found.again_at
            waits.append((found.again_at - now()).total_seconds())
    assert waits[0] < waits[1] < waits[2] < waits[3] < 1000
    assert again().disabled_at is not None
    with moment(begin + timedelta(hours=80)):
        assert due_hooks() == []
        steward = account("data_steward", body("command_centre", "department"))
        assert told_to(steward) == {"hooks": 1}
        system.status = 200
        enable_hook(SYSTEM, again())
        assert send() == 1, "what waited is told"


def told_to(who: Account) -> dict[str, int]:
    client = Client()
    client.force_login(who)
    return {one["key"]: one["many"] for one in client.get("/waiting/").json()["waiting"]}


def test_one_that_says_it_is_gone_is_not_asked_again(system: System) -> None:
    hooked(system)
    ask(code="ambulance")
    system.status = 410
    send()
    assert again().disabled_at is not None


def test_a_redirect_is_a_failure_and_is_never_followed(system: System) -> None:
    hooked(system)
    ask(code="ambulance")
    system.status, system.location = 307, system.url + "/elsewhere"
    assert send() == 0
    assert again().failure == "http_307"
    assert len(system.got) == 1


@pytest.mark.parametrize(
    "spot",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
     "fd00::1", "fe80::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1"],
)  # fmt: skip
def test_no_inner_address_is_told_in_whatever_clothes_unless_the_county_names_it(spot: str) -> None:
    assert not may_ask(ip_address(spot), ())
    assert not may_ask(ip_address(spot), (ip_network("172.16.0.0/12"),))
    assert may_ask(ip_address("8.8.8.8"), ())
    assert not may_ask(ip_address("8.8.8.8"), (), within=True)
    assert may_ask(ip_address("10.1.2.3"), (ip_network("10.0.0.0/8"),), within=True)


def test_without_that_setting_the_system_next_door_is_not_told(
    system: System, settings: Settings
) -> None:
    hook, secret = hooked(system)
    ask(code="ambulance")
    follow()
    settings.INTRANET = ()
    with pytest.raises(LineFailed, match="private"):
        post(hook.address, Delivery.objects.get(), secret)
    assert system.got == []


@pytest.mark.parametrize(
    "address", ["ftp://x/", "https://user:word@x/", "x", "https:///x", "http://example.org/"]
)
def test_an_address_that_is_none_or_not_sealed_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="https"):
        open_hook(SYSTEM, body("ambulance_120", "department"), address)


def test_two_processes_tell_it_once(system: System) -> None:
    hook, _secret = hooked(system)
    ask(code="ambulance")
    follow()
    Hook.objects.update(held_until=now() + timedelta(seconds=30))
    assert due_hooks() == []
    assert send_to(hook) == 0
    with moment(now() + timedelta(minutes=2)):  # the other one has died
        assert send_to(hook) == 1


def test_in_a_drill_nobody_is_told(system: System, settings: Settings) -> None:
    hook, _secret = hooked(system)
    ask(code="ambulance")
    follow()
    settings.EXERCISE = True
    assert due_hooks() == []
    assert send_to(hook) == 0
    assert system.got == []


def test_one_that_ended_is_told_nothing_and_its_secret_is_gone(system: System) -> None:
    hook, _secret = hooked(system)
    end_hook(SYSTEM, hook)
    ask(code="ambulance")
    assert send() == 0
    assert bytes(again().sealed_secret) == b""


def test_the_page_tells_how_it_goes_and_only_whoever_manages_keys_opens_it(system: System) -> None:
    hooked(system)
    client = Client()
    client.force_login(account("data_steward", body("command_centre", "department")))
    page = client.get("/webhooks/").content.decode()
    assert "127.0.0.1" in page
    assert "/told" not in page, "an address may hold a secret"
    client.force_login(account("dispatcher", body("command_centre", "department"), "desk"))
    assert client.get("/webhooks/").status_code == 403


def test_a_trial_is_signed_like_any_other_and_about_nothing(system: System) -> None:
    hook, secret = hooked(system)
    try_hook(hook)
    [(headers, told)] = system.got
    assert json.loads(told)["type"] == "webhooks.trial"
    assert json.loads(told)["data"] == {}
    name, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    assert headers["webhook-signature"] == signature(secret, name, stamp, told)
    system.status = 500
    with pytest.raises(LineFailed, match="http_500"):
        try_hook(hook)
    assert not Delivery.objects.exists()
    assert not Hook.objects.get().failures
