"""Many open consoles, each on its live line, while units report: how late each hears of it.

A real ``gongzhi run`` on SQLite, a process of its own that listens with N lines, and a third one
that writes through the platform's own actions so many times a second. An event's age is from the
moment when its action came back, so after its commit, until the line has it; all on one clock.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from intake import FOUND  # noqa: E402
from live import SIGNED_IN, Listener, server_seconds  # noqa: E402
from tests.county import RunningCounty, gongzhi  # noqa: E402

NUMBER = re.compile(rb"^id: (\d+)\r?\n", re.MULTILINE)
RATE, SECONDS, CLIENTS, ALONE = 20, 20, 1000, 5
UNITS = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.work.dispatch.actions import go_on_duty, open_response_unit
by, bureau = Actor.system("bench"), Unit.objects.get(code="bureau")
for nth in range(20):
    unit = open_response_unit(by, code=f"bench_{nth}", name_zh=f"测 {nth}", name_en=f"Bench {nth}",
                              station=bureau, kind="car")
    go_on_duty(by, unit)
"""
WRITE = """
import json, sys, time
from gongzhi.base.log import chain
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.work.dispatch.actions import pause_unit, resume_unit
from gongzhi.work.dispatch.models import ResponseUnit
by, units = Actor.system("bench"), list(ResponseUnit.objects.order_by("pk"))
begun, told = time.monotonic(), []
for nth in range({events}):
    time.sleep(max(0.0, begun + nth / {rate} - time.monotonic()))
    which = nth % len(units)
    change = resume_unit if units[which].status == "busy" else pause_unit
    units[which] = change(by, units[which])
    told.append([Entry.objects.latest("seq").seq, time.monotonic()])
print(json.dumps([told, time.monotonic() - begun]))
"""


class Hearer(Listener):
    """Notes when it heard of each entry."""

    def __init__(self) -> None:
        super().__init__()
        self.times: dict[int, float] = {}

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """In pieces, not in lines: a thousand listeners share one core with what they measure."""
        rest = b""
        while piece := await reader.read(65536):
            at, text = time.monotonic(), rest + piece
            whole, _, rest = text.rpartition(b"\n")
            for found in NUMBER.findall(whole + b"\n"):
                self.times[int(found)] = at
        self.lost = True


async def _hear(port: int, cookie: str, clients: int) -> list[dict[int, float]]:
    """Listen until somebody says on the standard input that it is enough."""
    hearers = [Hearer() for _ in range(clients)]
    for nth in range(0, clients, 20):
        await asyncio.gather(*(one.open(port, cookie) for one in hearers[nth : nth + 20]))
    print("listening", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    return [one.times if not one.lost else {} for one in hearers]


def live(clients: int = CLIENTS, seconds: int = SECONDS, rate: int = RATE) -> dict[str, Any]:
    """The figures: p50, p95, p99 and worst age (ms) over all lines and events; beside them a
    single line's p95 in the same county (``alone_p95_ms``)."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as folder:
        county = RunningCounty(Path(folder))
        gongzhi(county.home, "init", env=county.env)
        county.python(FOUND)
        county.python(UNITS)
        cookie = county.python(SIGNED_IN).strip()
        with county:
            alone = _measured(county, cookie, 1, ALONE * rate, rate)
            many = _measured(county, cookie, clients, seconds * rate, rate)
    ratio = round(many["p95_ms"] / alone["p95_ms"], 2)
    return {**many, "alone_p95_ms": alone["p95_ms"], "ratio_to_alone": ratio}


def _measured(
    county: RunningCounty, cookie: str, clients: int, events: int, rate: int
) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "_lines.py"), str(county.port), cookie, str(clients)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as ears:
        assert ears.stdin
        assert ears.stdout
        assert ears.stdout.readline() == "listening\n"
        cpu, begun = server_seconds(county), time.monotonic()
        written, took = json.loads(county.python(WRITE.format(events=events, rate=rate)))
        cpu = (server_seconds(county) - cpu) / (time.monotonic() - begun)
        time.sleep(2)
        said, _ = ears.communicate("enough\n")
    heard = [{int(seq): at for seq, at in one.items()} for one in json.loads(said)]
    ages = sorted(_ages(written, heard))
    return {
        "clients": clients,
        "events": events,
        "events_per_s": round(events / took, 1),
        "p50_ms": _at(ages, 0.5),
        "p95_ms": _at(ages, 0.95),
        "p99_ms": _at(ages, 0.99),
        "worst_ms": _at(ages, 1.0),
        "missed": clients * events - len(ages),
        "server_cpu": round(cpu, 2),
    }


def _ages(written: list[tuple[int, float]], heard: list[dict[int, float]]) -> Iterator[float]:
    """How old each event was at each line that heard of it (ms); what came first is new."""
    for seq, at in written:
        yield from (max(0.0, one[seq] - at) * 1000 for one in heard if seq in one)


def _at(ages: list[float], share: float) -> float:
    return round(ages[min(len(ages) - 1, int(share * len(ages)))], 1) if ages else float("nan")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_hear(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))))
