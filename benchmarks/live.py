"""How soon hundreds of open pages hear of a commit, and what that costs the server.

    .venv/bin/python benchmarks/live.py [--quick] [--json FILE] [--only sqlite|postgresql]
                                        [--lines N]

A real ``gongzhi run``, N signed-in pages that listen to ``/live/stream``, and a resident who sends
a report through HTTP now and then, at moments that are drawn from a seed, so that every phase of
the server's own rhythm is met. What is measured is the time from the report's acknowledgement,
which comes after the commit, until each line has its first event of it; beside it the time until
the last of all lines has. The server's processor time is read from /proc, while all lines are
idle and while reports come in. The listeners share the machine with the server: how busy they were
is printed, because a listener without time measures itself.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _report import SEED, on_both, options, refuse, tell  # noqa: E402
from intake import FOUND, form_order  # noqa: E402
from tests.county import RunningCounty, gongzhi  # noqa: E402

LINES = 300
ROUNDS = 24
"""Reports of one address; the form is throttled at 30."""
LONGEST_WAIT = 10.0
SIGNED_IN = """
from django.conf import settings
from django.test import Client
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Unit
who = open_account(Actor.system("bench"), username="listener", display_name="值班",
                   unit=Unit.objects.get(code="bureau"), roles=["supervisor"])
browser = Client()
browser.force_login(who)
name = settings.SESSION_COOKIE_NAME
print(f"{name}={browser.cookies[name].value}")
"""
TICK = os.sysconf("SC_CLK_TCK")


class Listener:
    """One page's line: when it heard the first event since `arm`."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()
        self.at = 0.0
        self.lost = False
        self.writer: asyncio.StreamWriter | None = None

    async def open(self, port: int, cookie: str) -> None:
        """Connect, and wait until the server says that it hears us."""
        reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        self.writer.write(
            f"GET /live/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
            "Accept: text/event-stream\r\n\r\n".encode()
        )
        status = await reader.readline()
        if b" 200 " not in status:
            raise SystemExit(f"the live line was refused: {status.decode().strip()}")
        while not (await reader.readline()).startswith(b"event: beat"):
            pass
        self.task = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"id: ") and not self.heard.is_set():
                self.at = time.perf_counter()
                self.heard.set()
        self.lost = True
        self.heard.set()

    def close(self) -> None:
        """Leave."""
        self.task.cancel()
        if self.writer:
            self.writer.close()


def send_report(county: RunningCounty, order: dict[str, Any], number: int) -> float:
    """One resident's report; when it was acknowledged."""
    told = {**order["form"], order["key"]: f"live-benchmark-{number:06d}"}
    request = urllib.request.Request(
        county.url + order["path"], urllib.parse.urlencode(told).encode(), order["headers"]
    )
    opener = urllib.request.build_opener(_StayHere)
    try:
        opener.open(request, timeout=30)
    except urllib.error.HTTPError as answer:
        if answer.code == order["expect"]:
            return time.perf_counter()
        raise
    raise SystemExit("the report was not taken in")


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *told: Any) -> None:
        return None


def server_seconds(county: RunningCounty) -> float:
    """Processor time of the server and its children, in seconds."""
    assert county.process
    family, stats = {county.process.pid}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        stats[int(path.parent.name)] = (int(fields[1]), int(fields[11]) + int(fields[12]))
    for _ in stats:
        more = {pid for pid, (parent, _ticks) in stats.items() if parent in family}
        if more <= family:
            break
        family |= more
    return sum(ticks for pid, (_parent, ticks) in stats.items() if pid in family) / TICK


async def measure(county: RunningCounty, cookie: str, lines: int, rounds: int) -> dict[str, Any]:
    """The figures of one running county."""
    draw, order = random.Random(SEED), form_order(county, random.Random(SEED))
    listeners = [Listener() for _ in range(lines)]
    begun = time.perf_counter()
    for n in range(0, lines, 20):
        await asyncio.gather(*(one.open(county.port, cookie) for one in listeners[n : n + 20]))
    opened = time.perf_counter() - begun
    await asyncio.sleep(1.0)
    idle = await _share(county, asyncio.sleep(2.0 if rounds < ROUNDS else 10.0))
    each: list[float] = []
    last: list[float] = []
    own = _own_seconds()
    wall = time.perf_counter()
    busy = await _share(county, _rounds(county, order, listeners, draw, rounds, each, last))
    own = (_own_seconds() - own) / (time.perf_counter() - wall)
    lost = sum(one.lost for one in listeners)
    for one in listeners:
        one.close()
    return {
        "lines": lines,
        "reports": rounds,
        "opened_in_s": round(opened, 2),
        "heard_p50_ms": _percentile(each, 0.5),
        "heard_p99_ms": _percentile(each, 0.99),
        "all_heard_p50_ms": _percentile(last, 0.5),
        "all_heard_worst_ms": _percentile(last, 1.0),
        "server_cpu_idle": round(idle, 3),
        "server_cpu_with_reports": round(busy, 3),
        "listeners_cpu": round(own, 3),
        "heard_before_the_answer": sum(figure == 0 for figure in each),
        "lost": lost,
    }


async def _rounds(
    county: RunningCounty, order: dict[str, Any], listeners: list[Listener], draw: random.Random,
    rounds: int, each: list[float], last: list[float],
) -> None:  # fmt: skip
    for number in range(rounds):
        await asyncio.sleep(draw.uniform(0.6, 1.2))  # what the last one brought has come by then
        for one in listeners:
            one.heard.clear()
        acknowledged = await asyncio.to_thread(send_report, county, order, number)
        waiting = (one.heard.wait() for one in listeners)
        await asyncio.wait_for(asyncio.gather(*waiting), LONGEST_WAIT)
        took = [max(0.0, one.at - acknowledged) * 1000 for one in listeners if not one.lost]
        each += took
        last.append(max(took))


async def _share(county: RunningCounty, doing: Any) -> float:
    """Which share of one core the server takes meanwhile."""
    cpu, begun = server_seconds(county), time.perf_counter()
    await doing
    return (server_seconds(county) - cpu) / (time.perf_counter() - begun)


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _percentile(figures: list[float], share: float) -> float:
    ordered = sorted(figures)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def bench(database_url: str, lines: int, rounds: int) -> dict[str, Any]:
    """Found a county, serve it, listen to it."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as folder:
        county = RunningCounty(Path(folder), database_url=database_url)
        gongzhi(county.home, "init", env=county.env)
        county.python(FOUND)
        cookie = county.python(SIGNED_IN).strip()
        with county:
            return asyncio.run(measure(county, cookie, lines, rounds))


def main() -> None:
    """Measure, print, write."""
    parser = options(__doc__, "40 lines and 4 reports")
    parser.add_argument("--lines", type=int, help=f"open pages, {LINES} when left out")
    asked = parser.parse_args()
    lines, rounds = (40, 4) if asked.quick else (LINES, ROUNDS)
    found = on_both(asked, lambda url: bench(url, asked.lines or lines, rounds))
    tell(asked, found)
    refuse(found, "lost", "some lines were lost")


if __name__ == "__main__":
    main()
