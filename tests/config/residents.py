"""Several people with forms to send to a served county, and what each of them was told.

Whoever got no answer sends again with the same key, as the page in their browser does.
"""

from __future__ import annotations

import http.client
import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from urllib.parse import urlencode

from tests.county import RunningCounty

RESIDENTS = 6
"""Who send at the same time."""
PATIENCE = 25
"""Requests of one address: the form is throttled at 30."""
TRY_LATER = {500, 502, 503, 507}
"""Answers that say "not received": the same form is sent again."""
WAIT_SECONDS = 60.0
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
    """``port``: of the county. A key is acknowledged, unanswered, or was never sent."""

    port: int
    addresses: Iterator[int] = field(default_factory=lambda: count(1))
    acknowledged: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    not_received: int = 0
    refused: list[int] = field(default_factory=list)

    @contextmanager
    def sending(self) -> Iterator[None]:
        """All of them fill in forms as long as the block."""
        stop = Event()
        with ThreadPoolExecutor(RESIDENTS) as people:
            going = [people.submit(self.send_until, stop) for _ in range(RESIDENTS)]
            try:
                yield
            finally:
                stop.set()
            for one in going:
                one.result()

    def more(self, least: int = 1, *, seconds: float = WAIT_SECONDS) -> bool:
        """Wait until so many more were acknowledged; whether they were."""
        wanted = len(self.acknowledged) + least
        return waited(lambda: len(self.acknowledged) >= wanted, seconds)

    def send_until(self, stop: Event) -> None:
        """One person after another fills in the form; where nobody answers they try again."""
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
        opened = opened_form(line)
        if opened is None:
            time.sleep(0.05)
            return
        headers, token, field_name = opened
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
        if answer.status in TRY_LATER:
            self.not_received += 1
            time.sleep(0.05)
            return
        self.unanswered.discard(key)
        if answer.status == 302:
            self.acknowledged.add(key)
        else:
            self.refused.append(answer.status)


def opened_form(line: http.client.HTTPConnection) -> tuple[dict[str, str], str, str] | None:
    """Cookie and kind of content, the form's token, and what its key is called; None where the
    county says that it can't at the moment."""
    line.request("GET", "/report/")
    answer = line.getresponse()
    page = answer.read().decode()
    if answer.status in TRY_LATER:
        return None
    cookie = re.search(r"csrftoken=[^;]+", answer.headers["Set-Cookie"])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    name = re.search(r'name="(key|idempotency_key)"', page)
    assert cookie
    assert token
    assert name
    form = "application/x-www-form-urlencoded"
    return {"Cookie": cookie[0], "Content-Type": form}, token[1], name[1]


def waited(until: Callable[[], bool], seconds: float = WAIT_SECONDS) -> bool:
    """Look again and again; whether it came true in time."""
    give_up = time.monotonic() + seconds
    while not until():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def assert_nothing_lost(county: RunningCounty, residents: Residents) -> None:
    """All that was acknowledged stands once, whole, with its receipt; and the log holds."""
    stands = json.loads(county.python(STANDS))
    keys = [key for key, _, _ in stands]
    assert residents.acknowledged <= set(keys), "acknowledged and lost"
    assert len(keys) == len(set(keys)), "sent twice and opened twice"
    assert set(keys) <= residents.acknowledged | residents.unanswered
    assert all(words == f"灯不亮 {key}" for key, words, _ in stands)
    assert all(receipt for _, _, receipt in stands), "a matter without its receipt"
    assert residents.refused == []
    assert "entries hold" in county.cli("log", "verify")
