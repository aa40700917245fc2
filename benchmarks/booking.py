"""Five hundred people want the same hundred times: exactly a hundred get one, nobody shares.

    .venv/bin/python benchmarks/booking.py [--quick] [--json FILE] [--only sqlite|postgresql]

An office is open for a day with a hundred times to book. As many people as there are, in several
processes with several threads each, draw a time (seeded) and book it by the platform's own action:
checks, sealed name and phone, five-minute rows, events chained into the log, committed. Who is too
late is told the next free time in a sentence, and tries that one, until they have one or are told
that all is full. Counted afterwards, in the database: bookings, times that two people hold (none),
and whether the log verifies.

Beside it, in the same run on the same database by the same processes: the baseline, one bare row
a person that nobody else wants, inserted and committed by the driver alone. The ratio of the two
(attempts a second) says more than either, since both suffer alike from a slow or a busy machine.
PostgreSQL: GONGZHI_TEST_DATABASE_URL, or a server for this run, with fsync on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _report import SEED, on_both, options, tell  # noqa: E402
from gongzhi.base.calendar.workdays import state_council  # noqa: E402
from gongzhi.base.catalogue.kinds.counters import WEEKDAYS  # noqa: E402
from tests.county import RunningCounty, gongzhi  # noqa: E402

PROCESSES, THREADS = 4, 5
PEOPLE, SLOTS = 500, 100
COUNTERS = 10
OFFICE_FILE = """
code = "bench"
offices = ["bench"]
ahead = {ahead}
step = 15
notice = 0
name = {{ zh = "大厅", en = "Hall" }}
hours = [{{ days = ["{weekday}"], opens = "09:00", closes = "{closes}" }}]
examples = [{{ on = {day}, open = ["09:00-{closes}"] }}]
"""
COUNTER = """
[[counters]]
code = "{code}"
name = {{ zh = "综合", en = "All" }}
skills = ["residence_permit"]
"""
FOUND = """
from django.db import connection
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
for code, kind in (("bureau", "bureau"), ("bench", "station")):
    open_unit(Actor.system("bench"), code=code, kind=kind, name_zh="县公安局", name_en=code)
with connection.cursor() as cursor:
    key = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else \\
          "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    cursor.execute(f"CREATE TABLE bench_slots (id {key}, slot integer NOT NULL UNIQUE)")
"""
COUNT = """
import json
from django.db.models import Count
from gongzhi.work.appointments.models import Appointment, Held
twice = Held.objects.values("counter", "at").annotate(n=Count("pk")).filter(n__gt=1).count()
booked = Appointment.objects.filter(state="booked")
whole = sum(one.held.count() == one.minutes // 5 for one in booked)
print(json.dumps([booked.count(), whole, Held.objects.count(), twice]))
"""


class Crowd:
    """The people, in processes of their own, who all begin at one moment."""

    def __init__(self, county: RunningCounty, people: int) -> None:
        env = {**county.env, "DJANGO_SETTINGS_MODULE": "gongzhi.config.settings"}
        shares = [people // PROCESSES + (n < people % PROCESSES) for n in range(PROCESSES)]
        self.processes = [
            subprocess.Popen(
                [sys.executable, HERE / "_crowd.py", str(share), str(THREADS), str(SEED + n)],
                env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for n, share in enumerate(shares)
        ]  # fmt: skip
        for one in self.processes:
            assert one.stdout
            one.stdout.readline()  # it says that it is ready

    def run(self, what: str) -> list[dict[str, Any]]:
        """Let all of them do it at once."""
        begin = time.time() + 0.2
        for one in self.processes:
            assert one.stdin
            one.stdin.write(json.dumps({"what": what, "begin": begin}) + "\n")
            one.stdin.flush()
        return [json.loads(one.stdout.readline()) for one in self.processes if one.stdout]

    def close(self) -> None:
        """End them."""
        for one in self.processes:
            assert one.stdin
            one.stdin.close()
            one.wait(10)


def bench(database_url: str, people: int, slots: int) -> dict[str, Any]:
    """One database: the crowd books, then draws bare rows."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as folder:
        home = Path(folder)
        county = RunningCounty(home, database_url=database_url)
        gongzhi(home, "init", env=county.env)
        _write_office(home, slots)
        county.python(FOUND)
        crowd = Crowd(county, people)
        try:
            told = crowd.run("book")
            bare = crowd.run("bare")
        finally:
            crowd.close()
        booked, whole, held, twice = json.loads(county.python(COUNT))
        county.cli("log", "verify")
    return _figures(told, bare, slots) | {
        "people": people, "slots": slots, "booked": booked, "whole": whole, "held_rows": held,
        "held_twice": twice,
    }  # fmt: skip


def _write_office(home: Path, slots: int) -> None:
    """So many quarters of an hour at ten counters, all of them on the next working day."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    calendar = state_council()
    ahead = next(n for n in range(1, 12) if calendar.day(today + timedelta(days=n)).works)
    day, minutes = today + timedelta(days=ahead), slots // COUNTERS * 15
    text = OFFICE_FILE.format(
        ahead=ahead, day=day, weekday=WEEKDAYS[day.weekday()],
        closes=f"{9 + minutes // 60:02}:{minutes % 60:02}",
    )  # fmt: skip
    text += "".join(COUNTER.format(code=n) for n in range(1, COUNTERS + 1))
    (home / "catalogue" / "counters").mkdir(parents=True, exist_ok=True)
    (home / "catalogue" / "counters" / "bench.toml").write_text(text, "utf-8")
    service = (HERE.parent / "catalogue" / "services" / "residence_permit.toml").read_text("utf-8")
    service = service.replace('offices = ["station"]', 'offices = ["bench"]')
    (home / "catalogue" / "services").mkdir(parents=True, exist_ok=True)
    (home / "catalogue" / "services" / "residence_permit.toml").write_text(service, "utf-8")


def _figures(
    told: list[dict[str, Any]], bare: list[dict[str, Any]], slots: int
) -> dict[str, Any]:  # fmt: skip
    attempts, rows = sum(it["attempts"] for it in told), sum(it["attempts"] for it in bare)
    seconds, raw = max(it["seconds"] for it in told), max(it["seconds"] for it in bare)
    waited = sorted(ms for it in told for ms in it["ms"])
    return {
        "attempts": attempts,
        "seconds": round(seconds, 2),
        "attempts_per_second": round(attempts / seconds, 1),
        "told_the_next": sum(it["told_next"] for it in told),
        "told_full": sum(it["told_full"] for it in told),
        "without_a_sentence": sum(it["silent"] for it in told),
        "p50_ms": round(waited[len(waited) // 2], 1),
        "p99_ms": round(waited[int(len(waited) * 0.99)], 1),
        "bare_per_second": round(rows / raw, 1),
        "ratio_to_bare": round(attempts / seconds / (rows / raw), 3),
        "errors": {k: v for it in told for k, v in it["errors"].items()},
    }


def main() -> None:
    """Measure, print, write; fails unless exactly as many are booked as there are times."""
    asked = options(__doc__, "100 people for 20 times").parse_args()
    people, slots = (100, 20) if asked.quick else (PEOPLE, SLOTS)
    os.environ.setdefault("GONGZHI_LOG_LEVEL", "ERROR")
    found = on_both(asked, lambda url: bench(url, people, slots))
    tell(asked, found)
    for name in ("sqlite", "postgresql"):
        one = found.get(name)
        if one and (one["booked"], one["whole"], one["held_twice"]) != (slots, slots, 0):
            raise SystemExit(
                f"{name}: {one['booked']} booked of {slots}, {one['held_twice']} twice"
            )
        if one and (one["errors"] or one["without_a_sentence"]):
            raise SystemExit(f"{name}: {one['errors']}")


if __name__ == "__main__":
    main()
