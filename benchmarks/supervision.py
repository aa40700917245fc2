"""How long the sweep takes to find what falls due within a day, among a million open clocks.

    .venv/bin/python benchmarks/supervision.py [--quick] [--clocks N] [--json FILE]
                                               [--only sqlite|postgresql]

``sweep_ms`` is the median of many rounds of the query with which a sweep, or `gongzhi clocks due`,
finds them: ids and due times, all fetched. Beside it, in the same rounds, the plain reading of as
many rows by their primary key; the ratio of the two says more than either, since both suffer alike
from a busy machine. PostgreSQL: GONGZHI_TEST_DATABASE_URL, or a server for this run.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _report import SEED, on_both, options, tell  # noqa: E402
from tests.county import RunningCounty, gongzhi  # noqa: E402

CLOCKS = 1_000_000
ROUNDS = 25
WITHIN_A_DAY = 2_000
"""A busy county's: of a million, so many fall due by tomorrow."""
EACH = 20
"""Clocks of one matter: more than any has, so that matters take less time to make than clocks."""
MEASURE = """
import json, random, statistics, time
from copy import copy
from datetime import timedelta
from django.db import connection
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.clocks.ahead import due_until
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.people.actions import open_unit

system, draw, began = Actor.system("bench"), random.Random({seed}), now()
unit = open_unit(system, code="b", kind="bureau", name_zh="县公安局", name_en="Bureau")
matter = open_matter(system, NewMatter("resident_request", "lamp_out", unit, "路灯不亮"))
matter.clocks.all().delete()
def another():
    one = copy(matter)
    one.pk = None
    return one
several = Matter.objects.bulk_create(
    [another() for _ in range(max(1, {clocks} // {each}))], batch_size=2000)
counting = dict(start=began.isoformat(), limit="P30D", counts="calendar", rolls=True,
                tz="Asia/Shanghai")
def run(n):
    minutes = draw.uniform(1, 1440) if n < {near} else draw.uniform(1441, 525600)
    return ClockRun(matter=several[n % len(several)], clock="c%d" % n, law=True,
                    started_at=began, steps=[],
                    due_at=began + timedelta(minutes=minutes), counting=counting,
                    warn_at=began + timedelta(minutes=minutes * 0.9))
for first in range(0, {clocks}, 5000):
    ClockRun.objects.bulk_create(
        [run(n) for n in range(first, min(first + 5000, {clocks}))], batch_size=2000)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
sweep, reading = [], []
first = ClockRun.objects.order_by("pk").values_list("pk", flat=True)[0]
for _ in range({rounds}):
    t = time.perf_counter()
    found = len(list(due_until(began + timedelta(days=1)).values_list("pk", "due_at")))
    sweep.append(1000 * (time.perf_counter() - t))
    t = time.perf_counter()
    read = ClockRun.objects.filter(pk__gte=first, pk__lt=first + found)
    assert len(list(read.values_list("pk", "due_at"))) == found == {near}
    reading.append(1000 * (time.perf_counter() - t))
print(json.dumps(dict(
    sweep_ms=round(statistics.median(sweep), 2), sweep_worst_ms=round(max(sweep), 2),
    ratio_to_reading=round(statistics.median(sweep) / statistics.median(reading), 2),
    found=found, open_clocks=ClockRun.objects.filter(stopped_at__isnull=True).count())))
"""


def bench(database_url: str, clocks: int) -> dict[str, Any]:
    """The figures of one database."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as folder:
        home = Path(folder)
        county = RunningCounty(home, database_url=database_url)
        gongzhi(home, "init", env=county.env)
        order = MEASURE.format(
            seed=SEED, clocks=clocks, each=EACH, near=min(WITHIN_A_DAY, clocks), rounds=ROUNDS
        )
        return dict(json.loads(county.python(order).strip().splitlines()[-1]))


def main() -> None:
    """Measure, print, write."""
    parser = options(__doc__, "20,000 clocks")
    parser.add_argument("--clocks", type=int, help=f"open clocks, {CLOCKS:,} when left out")
    asked = parser.parse_args()
    clocks = asked.clocks or (20_000 if asked.quick else CLOCKS)
    tell(asked, on_both(asked, lambda url: bench(url, clocks)))


if __name__ == "__main__":
    main()
