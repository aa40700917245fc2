"""Recordings are registered with times, hash and how long they are kept; nothing plays them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision.actions import register_recording
from gongzhi.watch.supervision.actions.recording import NewRecording
from gongzhi.watch.supervision.models import Recording
from tests.watch.supervision.cast import incident, somebody, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HASH = "a1" * 32


def new(**changes: object) -> NewRecording:
    end = timezone.now() - timedelta(minutes=10)
    until = timezone.localdate() + timedelta(days=200)
    one = NewRecording("body_camera", end - timedelta(hours=1), end, HASH, "采集站三号盘", until)
    return replace(one, **changes)  # type: ignore[arg-type]


def matter() -> Matter:
    return incident(timezone.now() - timedelta(hours=2), priority=4)


def test_an_officer_registers_a_recording_of_his_units_matter() -> None:
    by, of = Actor.account(somebody("first", "officer")), matter()
    made = register_recording(by, of, new())
    assert (made.matter, made.unit, made.sha256) == (of, unit(), HASH)
    told = Entry.objects.get(kind="supervision.recording_registered")
    assert told.subject == f"matters.matter:{of.pk}"
    assert "采集站" not in told.text
    with pytest.raises(Refused, match="已经登记过"):
        register_recording(by, of, new())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "drone"}, "哪一种"),
        ({"sha256": "xyz"}, "SHA-256"),
        ({"stored_at": " "}, "存放"),
        ({"keep_until": date(2026, 1, 1)}, "六个月"),
        ({"ended_at": timezone.now() + timedelta(days=1)}, "将来"),
        ({"begun_at": timezone.now() + timedelta(days=1)}, "晚于"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_kept(
    changes: dict[str, object], words: str
) -> None:
    by, of = Actor.account(somebody("first", "officer")), matter()
    with pytest.raises(Refused, match=words):
        register_recording(by, of, new(**changes))
    assert not Recording.objects.exists()
    assert not Entry.objects.filter(kind="supervision.recording_registered").exists()


def test_another_units_officer_neither_registers_nor_sees_it() -> None:
    of = matter()
    register_recording(Actor.account(somebody("first", "officer")), of, new())
    other = somebody("other", "officer", unit("xihe"))
    with pytest.raises(Refused):
        register_recording(Actor.account(other), of, new(sha256="b2" * 32))
    seen = {}
    for account in (other, somebody("own", "officer"), somebody("all", "supervisor", unit("x"))):
        client = Client()
        client.force_login(account)
        page = client.get("/supervision/recordings/").content.decode()
        seen[account.username] = of.number in page
    assert seen == {"other": False, "own": True, "all": True}


def test_the_form_registers_and_says_what_it_lacks() -> None:
    of = matter()
    client = Client()
    client.force_login(somebody("first", "officer"))
    end = timezone.localtime() - timedelta(minutes=5)
    form = {
        "number": of.number, "kind": "interview", "sha256": HASH.upper(), "stored_at": "二号柜",
        "begun_at": f"{end - timedelta(minutes=30):%Y-%m-%dT%H:%M}",
        "ended_at": f"{end:%Y-%m-%dT%H:%M}", "keep_until": f"{end + timedelta(days=400):%Y-%m-%d}",
    }  # fmt: skip
    where = "/supervision/recordings/register/"
    assert client.post(where, {**form, "begun_at": "at noon"}).status_code == 422
    assert client.post(where, form).status_code == 302
    assert Recording.objects.get().kind == "interview"
    page = client.get("/supervision/recordings/").content.decode()
    assert HASH[:16] in page
    assert "<video" not in page
