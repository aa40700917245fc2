"""The live line of a county that runs, as a browser holds it: on either database."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.test import Client

from gongzhi.base.people.models import Account, Unit
from tests.county import RunningCounty

SIGNED_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
by = Actor.system("test")
unit = Unit.objects.filter(code="bureau").first() or open_unit(
    by, code="bureau", kind="bureau", name_zh="县公安局", name_en="Bureau")
who = open_account(by, username="listener", display_name="x", unit=unit, roles=["dispatcher"])
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(who.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = who.get_session_auth_hash()
session.save()
print(session.session_key)
"""
WRITES = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.people.models import Unit
open_matter(Actor.system("test"), NewMatter(
    procedure="resident_request", category="lamp_out",
    owner=Unit.objects.get(code="bureau"), words="灯不亮", place="海平路 12 号"))
"""


@pytest.fixture
def county(empty_home: Path, founded_url: str) -> Iterator[RunningCounty]:
    with RunningCounty(empty_home, database_url=founded_url) as running:
        yield running


def events(answer: httpx.Response) -> Iterator[dict[str, str]]:
    """Each event's fields; beats too."""
    event: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
        elif event:
            yield event
            event = {}


@pytest.mark.slow
def test_a_page_hears_within_a_second_resumes_and_ends_with_the_server(
    county: RunningCounty,
) -> None:
    cookies = {"sessionid": county.python(SIGNED_IN).strip()}
    with httpx.Client(base_url=county.url, cookies=cookies, timeout=20) as browser:
        with browser.stream("GET", "/live/stream") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            heard = events(answer)
            assert next(heard)["event"] == "beat"
            county.python(WRITES)
            written = time.monotonic()
            first = next(event for event in heard if "id" in event)  # a beat may come between
            assert time.monotonic() - written < 1
        told = json.loads(first["data"])
        assert told["kind"] == "matters.matter_opened"
        assert told["category"] == "lamp_out"
        assert "灯" not in first["data"]
        before = str(int(first["id"]) - 1)
        for way in ({"params": {"after": before}}, {"headers": {"Last-Event-ID": before}}):
            with browser.stream("GET", "/live/stream", **way) as answer:  # type: ignore[arg-type]
                assert next(e for e in events(answer) if "id" in e) == first
        with browser.stream("GET", "/live/stream") as answer:
            heard = events(answer)
            next(heard)
            begun = time.monotonic()
            assert county.process is not None
            county.process.terminate()
            county.process.wait(10)
            assert time.monotonic() - begun < 5
            assert list(heard) == []
    assert "Traceback" not in county.log()


@pytest.mark.slow
def test_strangers_hear_nothing(county: RunningCounty) -> None:
    for cookies in ({}, {"sessionid": "x" * 32}):
        answer = httpx.get(f"{county.url}/live/stream", cookies=cookies)
        assert answer.status_code == 401
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert httpx.post(f"{county.url}/live/stream").status_code == 405
    assert httpx.get(f"{county.url}/live/stream", headers={"Host": "evil"}).status_code == 400


@pytest.mark.django_db
def test_without_a_stream_a_page_is_told_so(client: Client) -> None:
    unit = Unit.objects.create(code="bureau", kind="bureau", name_zh="局", name_en="Bureau")
    client.force_login(Account.objects.create(username="x", display_name="x", unit=unit))
    assert client.get("/live/stream").status_code == 503
