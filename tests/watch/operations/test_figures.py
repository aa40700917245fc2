"""What a monitoring program reads: figures of all processes, by a key of its own, of nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from gongzhi.base.access.actions import issue_key
from gongzhi.base.log.models import Cursor, Entry
from gongzhi.base.log.readers import catch_up, registered
from gongzhi.watch.operations import counting
from gongzhi.watch.operations.permissions import READ
from tests.work.participation.cast import SYSTEM, clerk, lamp, unit

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]
in_the_county = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    """No test reads what another one counted."""
    counting.meters.cache_clear()
    yield
    counting.meters.cache_clear()


def key_for(permission: str = READ) -> str:
    return issue_key(SYSTEM, name="p", unit=unit("bureau"), permissions=[permission])[1]


def read(client: Client, secret: str) -> Figures:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200, answer.content
    return parsed(answer.content)


def parsed(text: bytes) -> Figures:
    families = text_string_to_metric_families(text.decode())
    return {
        (one.name, tuple(sorted(one.labels.items()))): one.value
        for family in families
        for one in family.samples
    }


class TestOfTheCounty:
    pytestmark = in_the_county

    def test_nobody_reads_them_without_the_key_for_it(self, client: Client) -> None:
        assert client.get("/metrics").status_code == 401
        other = key_for("maps.view_maps")
        asked = {"Authorization": f"Bearer {other}"}
        assert client.get("/metrics", headers=asked).status_code == 403
        client.force_login(clerk("bureau", "admin"))
        assert client.get("/metrics").status_code == 401

    def test_they_say_how_far_each_reader_is_behind(self, client: Client) -> None:
        secret = key_for()
        for name in registered():
            catch_up(name)
        told = read(client, secret)
        head = Entry.objects.count()
        assert told["gongzhi_log_head", ()] == head
        name = next(iter(registered()))
        lag = "gongzhi_reader_lag_entries", (("reader", name),)
        seconds = "gongzhi_reader_lag_seconds", (("reader", name),)
        assert (told[lag], told[seconds]) == (0, 0)
        Cursor.objects.filter(reader=name).update(seq=head - 1)
        told = read(client, secret)
        assert told[lag] == 1
        assert told[seconds] > 0

    def test_a_request_is_counted_by_its_route_whatever_its_address_holds(
        self, client: Client
    ) -> None:
        secret = key_for()
        client.force_login(clerk("city_management"))
        matter = lamp().matter.pk
        client.get(f"/requests/{matter}/?name=王小明")
        client.get("/nowhere/13800138000/")
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {secret}"})
        text = answer.content.decode()
        assert "13800138000" not in text
        assert "王小明" not in text
        told = parsed(answer.content)
        assert told["gongzhi_requests_total", (("route", "none"), ("status", "4xx"))] == 1

    def test_what_the_public_sends_is_counted_as_taken_or_refused(self, client: Client) -> None:
        secret = key_for()
        unit("bureau"), unit("city_management")
        sent = {
            "category": "lamp_out",
            "words": "灯不亮",
            "place": "路",
            "idempotency_key": "k" * 24,
        }
        client.post("/report/", sent)
        client.post("/report/", {**sent, "words": ""})
        told = read(client, secret)
        route = ("route", "participation:report")
        assert told["gongzhi_intake_total", (("result", "accepted"), route)] == 1
        assert told["gongzhi_intake_total", (("result", "refused"), route)] == 1

    def test_time_limits_and_what_waits_are_there_for_alarms(self, client: Client) -> None:
        secret = key_for()
        lamp()
        told = read(client, secret)
        assert told["gongzhi_clocks", (("state", "running"),)] >= 1
        for queue in ("jobs", "notices", "webhooks", "streams", "simulations"):
            assert ("gongzhi_queue_depth", (("queue", queue),)) in told
        assert told["gongzhi_database_bytes", ()] > 0
        assert 0 < told["gongzhi_disk_free_bytes", ()] <= told["gongzhi_disk_bytes", ()]


COUNTS = """
import sys
from contextlib import ExitStack
from pathlib import Path
from gongzhi.watch.operations.counting import count_together, listening, meters, registry
count_together(Path(sys.argv[1]))
told, open_pages = {"route": "a:b", "status": "2xx"}, ExitStack()
for line in sys.stdin:
    if line.strip() == "count":
        meters().requests.labels(*told.values()).inc()
    elif line.strip() == "listen":
        open_pages.enter_context(listening())
    all_of_us = registry()
    print(all_of_us.get_sample_value("gongzhi_requests_total", told),
          all_of_us.get_sample_value("gongzhi_live_listeners"), flush=True)
"""


class Counter:
    """A process of its own that counts."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", COUNTS, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
        )  # fmt: skip

    def does(self, what: str) -> tuple[str, str]:
        """Do it; (requests, listeners) as this process then tells them."""
        assert self.process.stdin
        assert self.process.stdout
        print(what, file=self.process.stdin, flush=True)
        requests, listeners = self.process.stdout.readline().split()
        return requests, listeners

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


def test_whichever_process_is_asked_tells_of_all_and_none_is_forgotten(tmp_path: Path) -> None:
    one, two = Counter(tmp_path), Counter(tmp_path)
    try:
        one.does("count"), one.does("listen")
        assert two.does("count") == ("2.0", "1.0")
        one.kill()
        assert two.does("ask") == ("2.0", "0.0")  # who listened to it does no longer
        one = Counter(tmp_path)
        assert one.does("count") == ("3.0", "0.0")
        assert len(list(tmp_path.glob("counter_*.db"))) == 2  # it took over what the first had
    finally:
        one.kill()
        two.kill()
