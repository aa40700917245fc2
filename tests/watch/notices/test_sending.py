"""Notices go out through real servers; what fails is tried again, given up, and sent again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from pytest_django import Settings

from gongzhi.base.access import tries
from gongzhi.base.catalogue.kinds.channel import Channel
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import catch_up
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.base.reach.models import Proof
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices import sending
from gongzhi.watch.notices.actions import send_again
from gongzhi.watch.notices.channels.gateway import Gateway
from gongzhi.watch.notices.channels.letter import Letter, LineFailed, NotNow, Refuses
from gongzhi.watch.notices.models import Lane, Notice, Shown
from gongzhi.watch.notices.pages.phone import linked
from gongzhi.watch.notices.queue import News, tell_address
from gongzhi.watch.notices.readers import forget, send_codes
from gongzhi.watch.notices.sending import TRIES, due_lanes, send_lane
from tests.safeguards.test_erasure import everywhere
from tests.watch.notices.servers import Gate, Mailbox, http_server, mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RESIDENT, SYSTEM = Actor.resident(), Actor.system("test")
ADDRESS = "ou@example.org"
LETTER = Letter("name-1", "13800001234", "题目", "正文", "短的", "zh-hans")


@pytest.fixture(autouse=True)
def fresh(settings: Settings) -> None:
    tries.forget_all()
    settings.INTRANET = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with mail_server() as running:
        settings.SMTP_URL, settings.MAIL_FROM = running.url, "海平县 <no-reply@example.gov.cn>"
        yield running


@pytest.fixture
def gate() -> Iterator[Gate]:
    with http_server() as running:
        yield running


def reminder(address: str = ADDRESS, once: str = "1") -> Notice:
    facts = {"time": "明天 9:30", "office": "澜城派出所", "link": "/booking/"}
    told = tell_address(
        "email", address, "zh-hans", News("appointment_tomorrow", "appointments.x:1", once, facts)
    )
    assert told
    return told


def test_a_code_arrives_by_mail_and_is_readable_nowhere_after_that(mailbox: Mailbox) -> None:
    proof = ask_code(RESIDENT, "email", ADDRESS, purpose="trial")
    code = proof.code
    catch_up("notices.codes")
    assert due_lanes() == ["email"]
    assert send_lane("email") == 1
    ((to, mail),) = mailbox.mails
    assert to == ADDRESS
    assert code in mail.get_content()
    assert code not in mail["Subject"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert Proof.objects.get().code == ""
    notice = Notice.objects.get()
    assert (notice.state, notice.address, notice.facts) == ("sent", "", "")
    assert everywhere(ADDRESS) == []
    assert prove(RESIDENT, proof.key, code).proved_at


def test_a_code_that_is_over_is_not_sent(mailbox: Mailbox) -> None:
    with moment(now() - timedelta(minutes=11)):
        ask_code(RESIDENT, "email", ADDRESS, purpose="trial")
        catch_up("notices.codes")
    send_lane("email")
    assert not mailbox.mails
    assert Notice.objects.get().state == "dropped"


def test_an_entry_read_twice_tells_once() -> None:
    ask_code(RESIDENT, "email", ADDRESS, purpose="trial")
    entry = Entry.objects.get()
    send_codes(entry)
    send_codes(entry)
    assert Notice.objects.count() == 1


def test_dying_between_sending_and_noting_sends_again_with_the_same_id(mailbox: Mailbox) -> None:
    reminder()
    with (
        patch.object(sending, "_end", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        send_lane("email")
    assert len(mailbox.mails) == 1
    assert send_lane("email") == 1
    first, second = (mail["Message-ID"] for _to, mail in mailbox.mails)
    assert first == second
    assert send_lane("email") == 0


def test_a_refused_address_is_given_up_at_once_and_others_go(mailbox: Mailbox) -> None:
    mailbox.answers = {"gone@example.org": "550 no such user", "busy@example.org": "450 later"}
    gone, busy, fine = reminder("gone@example.org"), reminder("busy@example.org"), reminder()
    assert send_lane("email") == 1
    for one in (gone, busy, fine):
        one.refresh_from_db()
    assert (gone.state, gone.failure) == ("dead", "smtp_550")
    assert (busy.state, busy.failure, busy.tries) == ("waiting", "smtp_450", 1)
    assert busy.again_at > now()
    assert fine.state == "sent"
    assert Entry.objects.get(kind="notices.notice_dead")


def test_it_waits_longer_each_time_and_is_given_up_in_the_end(mailbox: Mailbox) -> None:
    mailbox.answers = {ADDRESS: "450 later"}
    notice, at, waits = reminder(), now(), []
    for _try in range(TRIES):
        with moment(at):
            send_lane("email")
        notice.refresh_from_db()
        waits.append((notice.again_at - at).total_seconds())
        at = max(notice.again_at, at) + timedelta(seconds=1)
    assert notice.state == "dead"
    assert waits[0] < waits[1] < waits[2] < waits[3]


def test_a_server_that_is_away_is_asked_again_later_and_nothing_is_lost(
    settings: Settings,
) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    notice = reminder()
    assert send_lane("email") == 0
    lane, _ = Lane.objects.get(), notice.refresh_from_db()
    assert (notice.state, lane.failure) == ("waiting", "no_answer")
    assert due_lanes() == []
    with mail_server() as back, moment(now() + timedelta(minutes=2)):
        settings.SMTP_URL = back.url
        assert due_lanes() == ["email"]
        assert send_lane("email") == 1
        assert len(back.mails) == 1
    assert Lane.objects.get().failures == 0


def test_given_up_can_be_sent_again_by_who_oversees_it(mailbox: Mailbox, client: Client) -> None:
    mailbox.answers = {ADDRESS: "550 no"}
    notice = reminder()
    send_lane("email")
    mailbox.answers = {}
    unit = open_unit(SYSTEM, code="office", kind="department", name_zh="办公室", name_en="Office")
    steward = open_account(
        SYSTEM, username="s", display_name="海某", unit=unit, roles=["data_steward"]
    )
    client.force_login(steward)
    page = client.get("/notices/").content.decode()
    assert "邮件服务器不收（550）" in page
    assert ADDRESS not in page
    assert client.post(f"/notices/{notice.pk}/again/").status_code == 302
    assert send_lane("email") == 1
    with pytest.raises(Refused, match="已经发出"):
        send_again(SYSTEM, notice)


def test_what_was_given_up_loses_its_words_after_a_week(mailbox: Mailbox) -> None:
    mailbox.answers = {ADDRESS: "550 no"}
    with moment(now() - timedelta(days=8)):
        notice = reminder()
        send_lane("email")
    forget()
    notice.refresh_from_db()
    assert (notice.address, notice.facts, notice.state) == ("", "", "dead")
    with moment(now() + timedelta(days=100)):
        assert forget() == 1


def test_what_waited_for_days_is_not_sent_any_more(settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    with moment(now() - timedelta(days=3)):
        reminder()
    forget()
    assert Notice.objects.get().failure == "too_late"


def test_without_a_channel_it_is_given_up_and_says_why(settings: Settings) -> None:
    settings.SMTP_URL, settings.DEMO = "", False
    reminder()
    send_lane("email")
    assert Notice.objects.get().failure == "no_channel"


def test_in_a_drill_nothing_goes(settings: Settings, mailbox: Mailbox) -> None:
    reminder()
    settings.EXERCISE = True
    assert due_lanes() == []
    assert send_lane("email") == 0
    assert not mailbox.mails


def test_the_demo_shows_what_it_would_have_sent(settings: Settings, client: Client) -> None:
    settings.DEMO, settings.SMTP_URL = True, ""
    proof = ask_code(RESIDENT, "sms", "13800001234", purpose="trial")
    code = proof.code
    catch_up("notices.codes")
    send_lane("sms")
    page = client.get("/notices/phone/").content.decode()
    assert code in page
    assert str(linked("看 /follow/ 再\nhttps://x.example/a/?b=<c>")) == (
        '看 <a href="/follow/">/follow/</a> 再\n<a href="/a/">https://x.example/a/?b=&lt;c&gt;</a>'
    )
    assert Shown.objects.count() == 1
    settings.DEMO = False
    assert client.get("/notices/phone/").status_code == 404


def channel(gate: Gate, **more: Any) -> Gateway:
    told: dict[str, Any] = {
        "code": "sms", "name": {"zh": "短信", "en": "SMS"}, "form": "http", "carries": "sms",
        "url": f"{gate.url}/send", "secret": "sms_gate",
        "headers": {"Authorization": "Bearer {secret}"},
        "body": {"to": ["{address}"], "words": "{short}", "id": "{id}"},
        "succeeds": {"code": "ok"},
    }  # fmt: skip
    return Gateway(Channel.model_validate(told | more))


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGZHI_SECRET_SMS_GATE", "s3cret")


def test_a_text_gateway_gets_what_the_county_described(gate: Gate, secret: None) -> None:
    gate.answer = {"code": "ok"}
    channel(gate).send(LETTER)
    ((path, headers, _body),) = gate.posts
    assert path == "/send"
    assert headers["Authorization"] == "Bearer s3cret"
    assert headers["Idempotency-Key"] == "name-1"
    assert gate.bodies == [{"to": ["13800001234"], "words": "短的", "id": "name-1"}]


@pytest.mark.parametrize(
    ("status", "answer", "raised"),
    [
        (200, {"code": "bad number"}, Refuses), (400, {}, Refuses), (429, {}, NotNow),
        (503, {}, LineFailed), (401, {}, LineFailed), (302, {}, Refuses),
    ],
)  # fmt: skip
def test_what_a_gateway_answers_counts(
    gate: Gate, secret: None, status: int, answer: Any, raised: type[Exception]
) -> None:
    gate.status, gate.answer = status, answer
    with pytest.raises(raised):
        channel(gate).send(LETTER)


def test_without_its_secret_nothing_is_posted(gate: Gate) -> None:
    with pytest.raises(LineFailed, match="no_secret"):
        channel(gate).send(LETTER)
    assert not gate.posts


@pytest.mark.parametrize("form", ["wecom", "dingtalk", "weixin"])
def test_robots_and_weixin_get_their_form(gate: Gate, secret: None, form: str) -> None:
    url = f"{gate.url}/robot?key=" + ("x" if form == "dingtalk" else "{secret}")
    carries = "weixin" if form == "weixin" else "robot"
    channel(gate, form=form, url=url, carries=carries, headers={}, body={}).send(LETTER)
    ((path, _headers, body),) = gate.posts
    assert "短的" in json.dumps(json.loads(body), ensure_ascii=False)
    if form == "dingtalk":
        assert "&timestamp=" in path
        assert "&sign=" in path
    else:
        assert path.endswith("key=s3cret")
    gate.answer = {"errcode": 310000}
    with pytest.raises(Refuses):
        channel(gate, form=form, url=url, carries=carries, headers={}, body={}).send(LETTER)


def test_a_gateway_in_an_inner_network_nobody_named_is_not_asked(
    gate: Gate, secret: None, settings: Settings
) -> None:
    settings.INTRANET = ()
    with pytest.raises(LineFailed, match="private"):
        channel(gate).send(LETTER)
