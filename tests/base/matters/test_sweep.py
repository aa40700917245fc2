"""The sweep finds its rows by index, however many there are, and two sweeps tell nothing twice."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.base.calendar.periods import Period
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.clocks.ahead import due_until
from gongzhi.base.matters.clocks.sweeping import BATCH, Swept, overdue, sweep, to_warn
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.people.actions import open_unit
from gongzhi.config.clock_lists import due_lines
from tests.county import county_environment, gongzhi
from tests.house.source import ROOT

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MANY = 20_000
LATE, NEAR = 300, 400


def matter_of_many_clocks() -> Matter:
    """20,000 runs, half of them over; 300 past their time, 400 to be warned of."""
    system = Actor.system("test")
    owner = open_unit(system, code="a", kind="station", name_zh="一所", name_en="One")
    matter = open_matter(system, NewMatter("incident", "theft", owner, "被偷", priority=4))
    matter.clocks.all().delete()
    ClockRun.objects.bulk_create((run(matter, n) for n in range(MANY)), batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return matter


def run(matter: Matter, n: int) -> ClockRun:
    over = n % 2 == 1
    ahead = -(n % 50 + 1) if n < 2 * LATE else n % 5000 + 600
    due_at = NOON + timedelta(minutes=ahead)
    warn = not over and 2 * LATE <= n < 2 * (LATE + NEAR)
    return ClockRun(
        matter=matter, clock=f"c{n}", law=False, started_at=NOON - timedelta(days=9), due_at=due_at,
        warn_at=NOON - timedelta(minutes=1) if warn else None,
        stopped_at=NOON if over else None, outcome="met" if over else "",
        counting={
            "start": "2026-11-11T12:00:00+00:00", "limit": "PT1H", "counts": "hours",
            "rolls": False, "tz": "Asia/Shanghai",
        },
        steps=[],
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.both_databases
def test_what_is_due_is_listed_by_its_time_also_what_was_missed() -> None:
    matter_of_many_clocks()
    sweep(NOON)
    due = due_until(NOON)
    assert due.count() == LATE
    told = due.values_list("pk", flat=True).explain()
    assert "clock_missed" in told, told
    assert "clock_due" in told, told


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.both_databases
def test_among_twenty_thousand_runs_the_sweep_finds_its_own_by_index() -> None:
    matter_of_many_clocks()
    for found, index in ((overdue(NOON), "clock_due"), (to_warn(NOON), "clock_warn")):
        began = time.perf_counter()
        rows = list(found.values_list("pk", flat=True)[:BATCH])
        print(f"{index}: {1000 * (time.perf_counter() - began):.2f} ms for {len(rows)} of {MANY}")
        assert index in found.values_list("pk", flat=True)[:BATCH].explain()
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as told:
        assert sweep(NOON) == Swept(missed=LATE, warned=NEAR)
    print(f"sweep: {1000 * (time.perf_counter() - began):.0f} ms, {len(told)} statements")
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as told:
        assert sweep(NOON) == Swept()
    print(f"nothing to sweep: {1000 * (time.perf_counter() - began):.2f} ms")
    assert len(told) == 2


TWO_SWEEPS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.config.settings"
import django
django.setup()
from datetime import timedelta
from threading import Barrier, Thread
from django.db import connection
from gongzhi.base.log.actions import moment, now
from gongzhi.base.calendar.periods import Period
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.clocks import sweeping
from gongzhi.base.people.actions import open_unit

system = Actor.system("test")
owner = open_unit(system, code="a", kind="station", name_zh="一所", name_en="One")
began = now()
for n in range(30):
    open_matter(system, NewMatter("incident", "theft", owner, "被偷", priority=2))
sweeping.BATCH = 5
together, swept = Barrier(2), []

def go(at):
    together.wait()
    swept.append(sweeping.sweep(at))
    connection.close()

for minutes in (1.5, 60):
    both = [Thread(target=go, args=(began + timedelta(minutes=minutes),)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
for kind in ("clock_warned", "clock_missed"):
    subjects = Entry.objects.filter(kind=f"matters.{kind}").values_list("subject", "text")
    print(kind, len(subjects), len(set(subjects)))
print(sum(one.warned for one in swept), sum(one.missed for one in swept))
"""


@pytest.mark.slow
def test_two_sweeps_at_once_tell_nothing_twice(empty_home: Path, founded_url: str) -> None:
    environment = county_environment(empty_home, founded_url) | {"PYTHONPATH": str(ROOT)}
    seen = subprocess.run(
        [sys.executable, "-c", TWO_SWEEPS],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert seen.stdout.splitlines() == [
        "clock_warned 30 30", "clock_missed 60 60", "30 60",
    ], seen.stdout + seen.stderr  # fmt: skip
    assert "0 missed, 0 warned of" in gongzhi(empty_home, "clocks", "sweep", env=environment)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_what_falls_due_within_a_week_is_listed_with_what_is_late() -> None:
    system = Actor.system("test")
    owner = open_unit(system, code="a", kind="station", name_zh="一所", name_en="One")
    with moment(NOON - timedelta(days=9)):
        open_matter(system, NewMatter("resident_request", "lamp_out", owner, "路灯不亮"))
    with moment(NOON):
        lines = list(due_lines(Period.parse("P7D")))
    assert any("[late" in line and "一所" in line for line in lines)
    assert lines[-1].endswith("due within P7D, 0 of custody")
    with pytest.raises(ValueError, match="expected a length"):
        list(due_lines(Period.parse("PERMANENT")))
