"""What supervision costs: the sweep among a million open clocks, and 200 rules over the log.

    .venv/bin/python benchmarks/supervision.py [--quick] [--clocks N] [--entries N] [--json FILE]
                                               [--only sqlite|postgresql]

``sweep_ms`` is the median of many rounds of the query with which a sweep, or `gongzhi clocks due`,
finds them: ids and due times, all fetched. Beside it, in the same rounds, the plain reading of as
many rows by their primary key; the ratio of the two says more than either, since both suffer alike
from a busy machine.

``rules.ratio_to_reading``: a reader that judges 100,000 entries of incidents and requests by 200
rules, its memories, counts and cursor written, over one that only loads and parses the same
entries; both in the batches in which the log is read, alternately, medians. On SQLite.
PostgreSQL: GONGZHI_TEST_DATABASE_URL, or a server for this run.
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


ENTRIES = 100_000
NUMBER_OF_RULES = 200
RULE_ROUNDS = 3
RULES = """
import json, random, statistics, time
from datetime import timedelta
from django.db import transaction
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log import chain, readers
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Cursor
from gongzhi.base.people.actions import open_unit
from gongzhi.watch.supervision.judging.compiled import compiled
from gongzhi.watch.supervision.models import RuleMemory, Tally
from gongzhi.watch.supervision.remembering import NAME, forget, judge, too_late

system, draw, began = Actor.system("bench"), random.Random({seed}), now() - timedelta(days=60)
units = [open_unit(system, code="b%d" % n, kind="station", name_zh="所", name_en="Station").pk
         for n in range(20)]
shipped, categories = list(catalogue().rules.values()), list(catalogue().categories)
def another(n):
    rule = shipped[n % len(shipped)]
    if n < len(shipped):
        return rule
    changes = dict(code="%s_%d" % (rule.code[:30], n))
    if rule.unit == "owner":
        changes["matter"] = dict(rule.matter, category=(categories[n % len(categories)],))
    return rule.model_copy(update=changes)
rules = [another(n) for n in range({rules})]
def incident():
    yield "matters.matter_opened", dict(
        procedure="incident", version="2026-01", unit=draw.choice(units), channel="phone",
        category=draw.choice(categories), priority=draw.randint(1, 4))
    yield "calls.call_received", dict(call=1, channel="phone", joined=False, nth=1)
    if draw.random() < 0.02:
        return
    crew = dict(unit=3, code="l_01", assignment=1)
    yield "dispatch.unit_assigned", dict(crew, first=True)
    for before, step in zip(steps, steps[1:]):
        yield "matters.step_taken", dict(step=step, previous=before, elements=[])
    yield "dispatch.unit_arrived", dict(crew, first=True)
    if draw.random() < 0.1:
        yield "matters.clock_missed", dict(clock="incident_dispatch_p1", unit=units[0], law=False)
    yield "dispatch.unit_cleared", dict(crew, last=True)
    yield "matters.step_taken", dict(step="cleared", previous="on_scene", elements=["disposition"])
steps = ["received", "dispatched", "en_route", "on_scene"]
def request():
    yield "matters.matter_opened", dict(
        procedure="resident_request", version="2026-01", unit=draw.choice(units), channel="web",
        category=draw.choice(categories), priority=3)
    yield "participation.request_filed", dict(receipt=1)
    yield "matters.step_taken", dict(step="accepted", previous="received", elements=[])
    if draw.random() < 0.3:
        yield "matters.matter_handed_over", dict(
            giver=units[0], taker=draw.choice(units), reason="not_ours",
            bounce=draw.random() < 0.1)
    yield "people.person_read", dict(purpose="handle", matter=1, unit=draw.choice(units))
    yield "matters.step_taken", dict(step="in_progress", previous="accepted", elements=[])
    yield "matters.words_added", dict(message=1, use="reply", public=True)
    yield "matters.step_taken", dict(step="answered", previous="in_progress", elements=[])
def entries():
    nth = 0
    while True:
        nth += 1
        at = began + timedelta(seconds=40 * nth)
        for kind, fields in (incident if draw.random() < 0.6 else request)():
            at += timedelta(minutes=draw.random())
            yield chain.draft(at, "account:%d" % draw.randint(1, 90), kind,
                              "matters.matter:%d" % nth, fields)
coming = entries()
for first in range(0, {entries}, 5000):
    with transaction.atomic():
        chain.append([next(coming) for _ in range(min(5000, {entries} - first))])
found, listening = [], compiled(rules)
def read(entries):
    for entry in entries:
        json.loads(entry.text)
def rule(entries):
    found.extend(judge(entries, listening))
def seconds(name, function):
    begun, reader, count = time.perf_counter(), readers.Together(function), 0
    while read := readers.advance(name, reader):
        count += read
    return time.perf_counter() - begun, count
alone, judged = [], []
for _ in range({rounds}):
    Cursor.objects.all().delete()
    forget()
    found.clear()
    alone.append(seconds("bench.reading", read)[0])
    took, count = seconds(NAME, rule)
    judged.append(took)
assert count >= {entries}
print(json.dumps(dict(
    ratio_to_reading=round(statistics.median(judged) / statistics.median(alone), 2),
    microseconds_an_entry=round(1e6 * statistics.median(judged) / count, 1),
    reading_alone_microseconds=round(1e6 * statistics.median(alone) / count, 1),
    rules=len(rules), entries=count, findings=len(found) + len(too_late(now())),
    memories=RuleMemory.objects.count(), tallies=Tally.objects.count())))
"""


def bench(database_url: str, clocks: int, entries: int) -> dict[str, Any]:
    """The figures of one database; the rules are measured on SQLite."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as folder:
        home = Path(folder)
        county = RunningCounty(home, database_url=database_url)
        gongzhi(home, "init", env=county.env)
        order = MEASURE.format(
            seed=SEED, clocks=clocks, each=EACH, near=min(WITHIN_A_DAY, clocks), rounds=ROUNDS
        )
        found = _told(county, order)
        if not database_url:
            many = NUMBER_OF_RULES
            order = RULES.format(seed=SEED, rules=many, entries=entries, rounds=RULE_ROUNDS)
            found["rules"] = _told(county, order)
        return found


def _told(county: RunningCounty, order: str) -> dict[str, Any]:
    return dict(json.loads(county.python(order).strip().splitlines()[-1]))


def main() -> None:
    """Measure, print, write."""
    parser = options(__doc__, "20,000 clocks, 10,000 entries")
    parser.add_argument("--clocks", type=int, help=f"open clocks, {CLOCKS:,} when left out")
    parser.add_argument("--entries", type=int, help=f"of the log, {ENTRIES:,} when left out")
    asked = parser.parse_args()
    clocks = asked.clocks or (20_000 if asked.quick else CLOCKS)
    entries = asked.entries or (10_000 if asked.quick else ENTRIES)
    found = on_both(asked, lambda url: bench(url, clocks, entries))
    found["rules"] = rules = found.get("sqlite", {}).pop("rules", {})
    print(*(f"{f'rules.{name}':34}{figure!s:>26}" for name, figure in rules.items()), sep="\n")
    tell(asked, found)


if __name__ == "__main__":
    main()
