"""A partner reads what comes with the libraries that others wrote, and gets all of it."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from threading import Thread

import httpx
import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from cloudevents.core.formats.json import JSONFormat
from django.test import Client
from standardwebhooks import Webhook, WebhookVerificationError

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.config.listening import PartnerSystem
from gongzhi.watch.exchange.checks import looked
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.webhooks.actions import open_hook, replay
from gongzhi.watch.exchange.webhooks.models import Delivery, Hook
from gongzhi.watch.exchange.webhooks.sending import post
from gongzhi.watch.exchange.webhooks.signing import new_secret
from tests.watch.webhooks.conftest import System, again, hooked, send
from tests.work.linked.cast import SYSTEM, account, answer, ask, body, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize("form", ["structured", "binary"])
def test_the_sdks_of_both_standards_read_and_trust_what_comes(system: System, form: str) -> None:
    _hook, secret = hooked(system, form)
    request = ask(code="ambulance")
    answer(request, "accepted")
    send()
    for headers, text in system.got:
        Webhook(secret).verify(text, headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(text.replace(b"request", b"Request"), headers)
    events = [
        from_http_event(HTTPMessage(headers=headers, body=text), JSONFormat())
        for headers, text in system.got
    ]
    kinds = [one.get_type() for one in events]
    assert kinds == ["linked.partner_asked", "linked.request_answered"]
    for one, (headers, _text) in zip(events, system.got, strict=True):
        entry = Entry.objects.get(id=one.get_id())
        assert headers["webhook-id"] == one.get_id()
        assert (one.get_type(), one.get_time()) == (entry.kind, entry.at)
        assert one.get_subject() == f"linked.linkedrequest:{request.pk}"
        assert int(str(one.get_extension("sequence"))) == entry.seq
        assert one.get_data()["request"] == request.pk  # type: ignore[index,call-overload]


def refused_by(system: System) -> None:
    """Three messages of one partner; the second one it will never have."""
    hooked(system)
    ask(code="ambulance")
    second = ask(incident("fire"), "ambulance")
    ask(incident("gas_leak"), "ambulance")
    system.refuses = f'"request":{second.pk},'.encode()
    begin = now()
    for minutes in (0, 1, 5, 20, 40):
        with moment(begin + timedelta(minutes=minutes)):
            send()


def test_a_message_that_is_refused_again_and_again_is_set_aside_and_the_others_pass(
    system: System,
) -> None:
    refused_by(system)
    taken = Delivery.objects.exclude(done_at=None).count()
    aside = Delivery.objects.get(dead_at__isnull=False)
    assert (taken, aside.failure, aside.tries) == (2, "http_422", 5)
    assert again().disabled_at is None
    assert Entry.objects.filter(kind="webhooks.letter_set_aside").count() == 1
    wrong = [one.words for check, found in looked() if check.code == "hooks" for one in found
             if one.wrong]  # fmt: skip
    assert len(wrong) == 1, "and `gongzhi exchange check` says so"


def test_one_that_is_only_down_or_busy_or_does_not_know_us_yet_loses_nothing(
    system: System,
) -> None:
    hooked(system)
    ask(code="ambulance")
    begin = now()
    for hours, status in enumerate((503, 429, 401, 404, 403, 500, 408)):
        system.status = status
        with moment(begin + timedelta(hours=hours)):
            assert send() == 0
    assert not Delivery.objects.filter(dead_at__isnull=False).exists()
    system.status = 200
    with moment(begin + timedelta(hours=9)):
        assert send() == 1


def test_somebody_sees_why_and_sends_one_all_or_from_a_moment_again_with_the_same_ids(
    system: System,
) -> None:
    refused_by(system)
    client = Client()
    client.force_login(account("data_steward", body("command_centre", "department")))
    at = f"/webhooks/{again().pk}/"
    page = client.get(at).content.decode()
    assert "422" in page
    assert "/told" not in page, "an address may hold a secret"
    known = {headers["webhook-id"] for headers, _text in system.got}
    system.refuses, before = b"\0", len(system.got)
    aside = Delivery.objects.get(dead_at__isnull=False)
    assert client.post(at + "replay/", {"letter": aside.pk}).status_code == 302
    assert send() == 1
    since = (now() - timedelta(days=1)).isoformat()
    assert client.post(at + "replay/", {"since": since}).status_code == 302
    assert send() == 3
    assert {headers["webhook-id"] for headers, _text in system.got} == known
    assert len(system.got) == before + 4
    order = [json.loads(text)["sequence"] for _headers, text in system.got[-3:]]
    assert all(one < next_one for one, next_one in pairwise(order))
    assert client.post(at + "replay/", {"since": "soon"}).status_code == 422
    assert client.post(at + "replay/").status_code == 409, "nothing is set aside"
    client.force_login(account("dispatcher", body("command_centre", "department"), "desk"))
    assert client.get(at).status_code == 403
    assert client.post(at + "replay/").status_code == 403


def test_a_form_that_there_is_not_and_letters_of_another_hook_are_refused(system: System) -> None:
    unit = body("ambulance_120", "department")
    with pytest.raises(Refused, match="structured"):
        open_hook(SYSTEM, unit, system.url + "/told", "batched")
    hook, _secret = open_hook(SYSTEM, body("fire_rescue", "department"), system.url + "/fire")
    hooked(system)
    ask(code="ambulance")
    send()
    with pytest.raises(Refused):
        replay(SYSTEM, hook, letter=Delivery.objects.get().pk)


def test_a_partners_system_in_small_takes_what_is_signed_and_shows_it(system: System) -> None:
    _hook, secret = hooked(system)
    with PartnerSystem(0, secret) as small:
        Thread(target=small.serve_forever, daemon=True).start()
        at = f"http://127.0.0.1:{small.server_port}/"
        Hook.objects.update(address=at)
        ask(code="ambulance")
        assert send() == 1
        again_told = Delivery.objects.get()
        post(at, again_told, secret)  # the same once more
        with pytest.raises(LineFailed, match="http_401"):
            post(at, again_told, new_secret())
        assert httpx.get(at).text.count("linked.partner_asked") == 1
        small.shutdown()
