"""How many residents' requests a second the platform takes in, durably, through HTTP.

    .venv/bin/python benchmarks/intake.py [--quick] [--json FILE] [--only sqlite|postgresql]

A request is what a resident sends: the report form with its token, category, words, place, a pin
on the map, name and phone. What is acknowledged is committed: matter, narrative, person and party,
clocks, receipt and the log's chained entries. A photo, which takes longer to make anew than all
the rest, has a round of its own. Beside it, in the same run on the same server and database: the
raw limit, one bare INSERT a request (``_server.py``); the ratio of the two says more than either,
since both suffer alike from a slow or a busy machine. Then the same intake by two worker processes
(``gongzhi run --workers 2``).

The load comes from a process of its own (``_load.py``); how busy that was is printed, because a
generator that has no time left measures itself. PostgreSQL: GONGZHI_TEST_DATABASE_URL, or a server
for this run, with fsync on.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _report import SEED, on_both, options, refuse, tell  # noqa: E402
from tests.county import RunningCounty, gongzhi  # noqa: E402

CONNECTIONS = 16
PER_ADDRESS = 25
"""Requests of one address before the next resident comes: the form is throttled at 30."""
FOUND = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
open_unit(Actor.system("bench"), code="bureau", kind="bureau", name_zh="县公安局", name_en="Bureau")
"""
COUNT = """
from gongzhi.base.matters.models import Matter
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA synchronous" if connection.vendor == "sqlite"
                   else "SELECT current_setting('fsync') || ', synchronous_commit ' ||"
                        " current_setting('synchronous_commit')")
    mode = cursor.fetchone()[0]
modes = {1: "NORMAL", 2: "FULL", 3: "EXTRA"}
print(Matter.objects.count(), modes.get(mode, f"fsync {mode}"), sep="|")
"""
PLACES = ("海平路 12 号门口", "望潮街菜市场东门", "环岛南路公交站", "老渔港码头三号泊位")
LATITUDES, LONGITUDES = (30.0, 30.3), (122.0, 122.4)
WORDS = "路口的灯坏了三天，晚上看不清路，老人和孩子经过很危险，请尽快来看一看。"


class BenchCounty(RunningCounty):
    """A county whose server has the raw limit's address too."""

    def command(self) -> list[str | Path]:
        """How the server is started."""
        return [sys.executable, HERE / "_server.py", str(self.port)]


class TwoWorkers(RunningCounty):
    """The same county, served by two processes."""

    def command(self) -> list[str | Path]:
        """How the server is started."""
        return [*super().command(), "--workers", "2"]


class Load:
    """The generator's process."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, HERE / "_load.py"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def send(self, **order: Any) -> dict[str, Any]:
        """Carry out one order; its figures."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return dict(json.loads(self.process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


def form_order(county: RunningCounty, draw: random.Random) -> dict[str, Any]:
    """The report form as a browser would send it, with a real token and its cookie."""
    with urllib.request.urlopen(f"{county.url}/report/") as page:
        cookie = re.search(r"csrftoken=[^;]+", page.headers["Set-Cookie"])
        text = page.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    key = re.search(r'name="(key|idempotency_key)"', text)
    assert cookie
    assert token
    assert key
    form = {
        "csrfmiddlewaretoken": token[1], "category": "lamp_out", "words": WORDS,
        "place": draw.choice(PLACES), "name": "王女士", "phone": "13900000000", "looked": "1",
        "lat": str(round(draw.uniform(*LATITUDES), 5)),
        "lon": str(round(draw.uniform(*LONGITUDES), 5)),
    }  # fmt: skip
    return {
        "path": "/report/", "form": form, "key": key[1], "expect": 302,
        "headers": {"Cookie": cookie[0], "Accept": "text/html"},
    }  # fmt: skip


def measure(county: RunningCounty, load: Load, quick: bool) -> dict[str, Any]:
    """The figures of one database: rounds of intake and raw in turn, then half the load."""
    seconds, rounds = (1.0, 1) if quick else (4.0, 5)
    everywhere = {
        "port": county.port, "connections": CONNECTIONS, "per_address": PER_ADDRESS,
        "seconds": seconds,
    }  # fmt: skip
    form = form_order(county, random.Random(SEED))
    raw_form = {"path": "/raw", "form": {"words": WORDS, "place": PLACES[0]}}
    intake, raw = [], []
    for _ in range(rounds):
        intake.append(load.send(**everywhere, **form))
        raw.append(load.send(**everywhere, **raw_form))
    per_second = _median(intake, "per_second")
    half = load.send(**{**everywhere, "seconds": 2 * seconds}, **form, rate=per_second / 2)
    photo = load.send(**everywhere, **form, photo=str(photo_in(county.home)))
    failures = {k: v for one in (*intake, *raw, half, photo) for k, v in one["failures"].items()}
    return {
        "requests_per_second": round(per_second, 1),
        "raw_inserts_per_second": round(_median(raw, "per_second"), 1),
        "ratio_to_raw": round(
            statistics.median(
                a["per_second"] / b["per_second"] for a, b in zip(intake, raw, strict=True)
            ),
            3,
        ),
        "p50_ms": _median(intake, "p50_ms"),
        "p99_ms": _median(intake, "p99_ms"),
        "p99_ms_at_half_load": half["p99_ms"],
        "with_a_photo_per_second": round(photo["per_second"], 1),
        "generator_cpu": round(max(one["generator_cpu"] for one in (*intake, *raw)), 2),
        "acknowledged": sum(one["acknowledged"] for one in (*intake, half, photo)),
        "failures": failures,
    }


def photo_in(folder: Path) -> Path:
    """A photo as the report page shrinks it: 1600 by 1200, noise on a gradient, some 400 KB."""
    path = folder / "photo.jpg"
    noise = Image.effect_noise((1600, 1200), 24)
    Image.merge("RGB", (noise, Image.linear_gradient("L").resize(noise.size), noise)).save(
        path, quality=80
    )
    return path


def with_workers(county: RunningCounty, load: Load, quick: bool) -> dict[str, Any]:
    """The intake of the county as an operator runs it on two cores."""
    order = {"port": county.port, "connections": CONNECTIONS, "per_address": PER_ADDRESS}
    form = form_order(county, random.Random(SEED))
    seconds, rounds = (1.0, 1) if quick else (4.0, 3)
    found = [load.send(**order, seconds=seconds, **form) for _ in range(rounds)]
    return {
        "two_workers_per_second": round(_median(found, "per_second"), 1),
        "acknowledged_by_two": sum(one["acknowledged"] for one in found),
        "failures_by_two": {k: v for one in found for k, v in one["failures"].items()},
    }


def _median(figures: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(one[name] for one in figures))


@contextmanager
def county_on(database_url: str, home: Path) -> Iterator[BenchCounty]:
    """A founded county that is served."""
    county = BenchCounty(home, database_url=database_url)
    gongzhi(home, "init", env=county.env)
    county.python(FOUND)
    with county:
        yield county


def bench(database_url: str, quick: bool) -> dict[str, Any]:
    """Measure one database, and check that what was acknowledged is there and the log holds."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as folder:
        home = Path(folder)
        load = Load()
        try:
            with county_on(database_url, home) as county:
                figures = measure(county, load, quick)
            with TwoWorkers(home, database_url=database_url) as both:
                figures |= with_workers(both, load, quick)
            figures["failures"] |= figures.pop("failures_by_two")
        finally:
            load.close()
        matters, mode = county.python(COUNT).strip().split("|")
        acknowledged = figures["acknowledged"] + figures["acknowledged_by_two"]
        if int(matters) < acknowledged:
            raise SystemExit(f"{acknowledged} acknowledged, {matters} in the database")
        county.cli("log", "verify")
        return {**figures, "matters": int(matters), "synchronous": mode} | {
            "fdatasync_ms": fdatasync(home)
        }


def fdatasync(folder: Path, times: int = 200) -> dict[str, float]:
    """How long the disk takes to say that 4 KB are safe: median and 99th percentile."""
    taken = []
    with (folder / "fdatasync").open("wb") as file:
        for _ in range(times):
            file.write(os.urandom(4096))
            file.flush()
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return {"p50": round(taken[times // 2], 3), "p99": round(taken[int(times * 0.99)], 3)}


TABLE = (
    "requests_per_second", "raw_inserts_per_second", "ratio_to_raw", "p50_ms", "p99_ms",
    "p99_ms_at_half_load", "with_a_photo_per_second", "two_workers_per_second", "generator_cpu",
    "synchronous", "fdatasync_ms",
)  # fmt: skip


def main() -> None:
    """Measure, print, write."""
    asked = options(__doc__, "seconds instead of a minute").parse_args()
    found = on_both(asked, lambda url: bench(url, asked.quick))
    tell(asked, found, TABLE)
    refuse(found, "failures", "some requests were refused")


if __name__ == "__main__":
    main()
