"""Nothing acknowledged is ever lost: a county under load is killed five times on each database.

SIGKILL, so nothing gets a chance to tidy up. Residents whose answer never came send again with
the same key, as the page in their browser does.
"""

from __future__ import annotations

import http.client
import json
import re
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

import pytest

from tests.county import RunningCounty

pytestmark = pytest.mark.slow

KILLS = 5
RESIDENTS = 6
"""Who send at the same time."""
UNDER_LOAD = 0.4
"""Seconds from the first answer after a start to the next kill."""
PATIENCE = 25
"""Requests of one address: the form is throttled at 30."""
FOUND = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
open_unit(Actor.system("test"), code="bureau", kind="bureau", name_zh="县公安局", name_en="Bureau")
"""
STANDS = """
import json
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.models import Receipt
from gongzhi.base.matters.models import Matter
codes = dict(Receipt.objects.values_list("matter", "code_hash"))
print(json.dumps([
    [key, words, codes.get(pk) == hashed(code_for(key))]
    for pk, key, words in Matter.objects.values_list("pk", "idempotency_key", "narrative__words")
]))
"""


@dataclass
class Residents:
    """Several people with forms to send, and what each of them was told."""

    port: int
    addresses: Iterator[int] = field(default_factory=lambda: count(1))
    acknowledged: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    refused: list[int] = field(default_factory=list)

    def send_until(self, stop: Event) -> None:
        """One person after another fills in the form, until the server is gone."""
        while not stop.is_set():
            n = next(self.addresses)
            address = (f"127.1.{n // 250}.{1 + n % 250}", 0)
            line = http.client.HTTPConnection("127.0.0.1", self.port, 10, source_address=address)
            try:
                self._send_some(line, stop)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)  # gone; or back in a moment
            finally:
                line.close()

    def _send_some(self, line: http.client.HTTPConnection, stop: Event) -> None:
        headers, token, field_name = opened_form(line)
        for _ in range(PATIENCE):
            if stop.is_set():
                return
            try:
                key = self.unanswered.pop()  # sent before, and never answered: again
            except KeyError:
                key = secrets.token_urlsafe(24)
            self._send(line, key, {field_name: key, "csrfmiddlewaretoken": token}, headers)

    def _send(
        self,
        line: http.client.HTTPConnection,
        key: str,
        form: dict[str, str],
        headers: dict[str, str],
    ) -> None:
        told = {"category": "lamp_out", "words": f"灯不亮 {key}", "place": "海平路 12 号", **form}
        self.unanswered.add(key)
        line.request("POST", "/report/", urlencode(told), headers)
        answer = line.getresponse()
        answer.read()
        self.unanswered.discard(key)
        if answer.status == 302:
            self.acknowledged.add(key)
        else:
            self.refused.append(answer.status)


def opened_form(line: http.client.HTTPConnection) -> tuple[dict[str, str], str, str]:
    """Cookie and kind of content, the form's token, and what its key is called."""
    line.request("GET", "/report/")
    answer = line.getresponse()
    page = answer.read().decode()
    cookie = re.search(r"csrftoken=[^;]+", answer.headers["Set-Cookie"])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    name = re.search(r'name="(key|idempotency_key)"', page)
    assert cookie
    assert token
    assert name
    form = "application/x-www-form-urlencoded"
    return {"Cookie": cookie[0], "Content-Type": form}, token[1], name[1]


def killed_under_load(county: RunningCounty, residents: Residents) -> None:
    """Start, let residents send, and kill while they do."""
    stop = Event()
    before = len(residents.acknowledged)
    with ThreadPoolExecutor(RESIDENTS) as people:
        going = [people.submit(residents.send_until, stop) for _ in range(RESIDENTS)]
        try:
            county.start()
            give_up = time.monotonic() + 20
            while len(residents.acknowledged) == before and time.monotonic() < give_up:
                time.sleep(0.01)
            time.sleep(UNDER_LOAD)
            county.kill()
        finally:
            stop.set()
        for one in going:
            one.result()
    assert len(residents.acknowledged) > before, county.log()


def test_what_was_acknowledged_stands_and_what_was_sent_twice_is_one(
    empty_home: Path, founded_url: str
) -> None:
    county = RunningCounty(empty_home, database_url=founded_url)
    county.python(FOUND)
    residents = Residents(county.port)
    for _ in range(KILLS):
        killed_under_load(county, residents)
    stands = json.loads(county.python(STANDS))
    keys = [key for key, _, _ in stands]
    assert residents.acknowledged <= set(keys), "acknowledged and lost"
    assert len(keys) == len(set(keys)), "sent twice and opened twice"
    assert set(keys) <= residents.acknowledged | residents.unanswered
    assert all(words == f"灯不亮 {key}" for key, words, _ in stands)
    assert all(receipt for _, _, receipt in stands), "a matter without its receipt"
    assert residents.refused == []
    assert "entries hold" in county.cli("log", "verify")
