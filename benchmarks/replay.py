"""What replaying a busy day costs: reckoning it on the server, and playing it in a browser.

    .venv/bin/python benchmarks/replay.py [--quick] [--home HOME] [--no-browser] [--json FILE]

A day of 1,000 incidents and 200 units in the demo county (`--home`: one that lies there already; it
is copied), drawn with a seed: a unit that is free is sent, drives, stays, and goes back.
``outline_ms``, ``pieces_ms`` and ``ways_ms`` are what the page asks for: units with their courses,
24 hours of incidents, and 24 hours of ways over the county's network; medians. ``read_ms``: in the
same rounds, the plain reading of the same rows, which nobody gets below; ``ratio_to_reading`` is
the outline over it. ``moves``, ``straight``: of how many moves a way was looked up, and of how many
none is known. ``kb``: of all answers, packed with gzip as well.

``browser.*``: headless Chromium, 1440 × 900, playing at 60 times: frames a second, the longest gap
between two, and long tasks (over 50 ms) that kept the page busy. Without a graphics card the map
is drawn by the processor, so this is the worst machine that a county has.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _report import SEED, machine  # noqa: E402
from tests.county import RunningCounty, gongzhi  # noqa: E402

INCIDENTS, UNITS, ROUNDS, PLAYED = 1000, 200, 5, 20
MAKE = """
import random
from copy import copy
from datetime import datetime, time, timedelta
from django.utils import timezone
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.work.dispatch.actions import go_on_duty, open_response_unit
from gongzhi.work.dispatch.models import Assignment, ResponseUnit

draw, by = random.Random({seed}), Actor.system("bench")
begin = timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=1), time()))
stations = list(Unit.objects.filter(kind="station").order_by("pk"))
units = []
with moment(begin - timedelta(hours=1)):
    for n in range({units}):
        kind = draw.choice(("car", "car", "car", "motorcycle", "traffic_car"))
        one = open_response_unit(by, code="bench%d" % n, kind=kind, people=2, skills=(),
            name_zh="试%03d" % n, name_en="Bench %03d" % n, station=stations[n % len(stations)])
        go_on_duty(by, one)
        units.append(one)
places = list(GazetteerEntry.objects.filter(county__own=True).order_by("pk"))
model = Matter.objects.filter(procedure="incident", county=None).order_by("pk")[0]
matters, sent, free = [], [], dict((one.pk, 0) for one in units)
for second in sorted(draw.randrange(86400) for _ in range({incidents})):
    place, one = draw.choice(places), copy(model)
    one.pk, one.opened_at = None, begin + timedelta(seconds=second)
    one.lat, one.lon, one.h9, one.town = place.lat, place.lon, place.h9, place.area
    one.step, one.priority = "closed", draw.choice((1, 2, 2, 3, 3, 3, 4))
    crews = draw.sample([key for key, since in free.items() if since <= second] or [units[0].pk],
                        1 if draw.random() < 0.7 else 2) if len(free) > 2 else []
    last = second
    for crew in crews:
        off = second + draw.randrange(20, 120)
        there = off + draw.randrange(120, 1200)
        end = there + draw.randrange(300, 3000)
        free[crew], last = end, max(last, end)
        sent.append((len(matters), crew, second + 10, off, there, end))
    one.closed_at = begin + timedelta(seconds=last + 60)
    matters.append(one)
made = Matter.objects.bulk_create(matters, batch_size=500)
at = lambda second: begin + timedelta(seconds=second)
Assignment.objects.bulk_create([
    Assignment(matter=made[n], unit_id=crew, assigned_at=at(first), en_route_at=at(off),
               on_scene_at=at(there), cleared_at=at(end), disposition="helped")
    for n, crew, first, off, there, end in sent], batch_size=500)
print(begin.isoformat())
"""
MEASURE = """
import gzip, json, statistics, time
from datetime import datetime, timedelta
from gongzhi.base.matters.models import Matter
from gongzhi.watch.replay.selectors import told, ways
from gongzhi.watch.replay.selectors.shift import Window, forget_shifts, shift_of
from gongzhi.work.dispatch.models import Assignment
from gongzhi.work.dispatch.network import router

begin = datetime.fromisoformat("{begin}")
window = Window(begin, begin + timedelta(days=1))
router()
took, bytes_, packed = dict(outline=[], pieces=[], ways=[], read=[]), 0, 0
def timed(name, work):
    t = time.perf_counter()
    found = work()
    took[name].append(1000 * (time.perf_counter() - t))
    return found
def read():
    matters = list(Matter.objects.filter(opened_at__gte=begin, opened_at__lt=window.until,
                                         procedure="incident").values_list())
    went = Assignment.objects.filter(matter__in=[one[0] for one in matters])
    return matters, list(went.values_list())
hours = range(24)
for round_ in range({rounds}):
    timed("read", read)
    forget_shifts()
    answers = [timed("outline", lambda: told.outline(shift_of(window), exact=True))]
    answers += timed("pieces", lambda: [told.piece(shift_of(window), n, exact=True) for n in hours])
    roads = timed("ways", lambda: [ways.ways(shift_of(window), n, exact=True) for n in hours])
texts = [json.dumps(one, separators=(",", ":")).encode() for one in (*answers, *roads)]
shift = shift_of(window)
moves = sum(1 for _ in ways._moves(shift, exact=True))
known = sum(len(one["ways"]) for one in roads)
median = dict((name, round(statistics.median(each), 1)) for name, each in took.items())
print(json.dumps(dict(
    incidents=len(shift.matters), units=len(shift.units),
    legs=sum(len(legs) for legs in shift.legs.values()),
    outline_ms=median["outline"], pieces_ms=median["pieces"], ways_ms=median["ways"],
    read_ms=median["read"], ratio_to_reading=round(median["outline"] / median["read"], 2),
    moves=moves, straight=moves - known, kb=sum(map(len, texts)) // 1024,
    kb_gzip=sum(len(gzip.compress(text)) for text in texts) // 1024)))
"""
SESSION = """
from importlib import import_module
from django.conf import settings
from gongzhi.base.people.models import Account
who = next(one for one in Account.objects.order_by("pk") if "dispatcher" in one.roles)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session["_auth_user_id"] = str(who.pk)
session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
session["_auth_user_hash"] = who.get_session_auth_hash()
session.create()
print(session.session_key)
"""
WATCHED = """async (seconds) => {
  const gaps = [], tasks = [];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)));
  watch.observe({ type: "longtask" });
  let last = performance.now();
  const until = last + seconds * 1000;
  await new Promise((done) => requestAnimationFrame(function frame(at) {
    gaps.push(at - last); last = at;
    if (at < until) requestAnimationFrame(frame); else done();
  }));
  watch.disconnect();
  gaps.sort((a, b) => a - b);
  return { fps: gaps.length / seconds, gap_p95_ms: gaps[Math.floor(gaps.length * 0.95)], gap_worst_ms: gaps.at(-1),
    long_tasks: tasks.length, long_task_ms: tasks.reduce((a, b) => a + b, 0), longest_task_ms: Math.max(0, ...tasks) };
}"""  # noqa: E501


def played(county: RunningCounty, begin: str, seconds: int) -> dict[str, Any]:
    """How smoothly the busiest hours play at 60 times, and how a still page runs beside it."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import BROWSERS, FLAGS

    key = county.python(SESSION).strip()
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    day = begin[:10]
    address = f"{county.url}/replay/shift/?from={day}T00:00&to={day}T23:59&at={day}T12:00"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": key, "url": county.url}])
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("[data-replay][data-whole]", timeout=180_000)
        page.wait_for_selector("gz-map[data-ready]", timeout=60_000)
        still = page.evaluate(WATCHED, 5)
        page.keyboard.press("6")
        page.keyboard.press("Space")
        found = page.evaluate(WATCHED, seconds)
        page.screenshot(path=str(Path(tempfile.gettempdir()) / "replay-bench.png"))
        browser.close()
    rounded = {name: round(value, 1) for name, value in found.items()}
    return {**rounded, "seconds": seconds, "still_fps": round(still["fps"], 1)}


def main() -> None:
    """Make the day, measure, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="100 incidents, 30 units, 3 s")
    parser.add_argument("--home", type=Path, help="a demo county's home; it is copied")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--json", type=Path, help="write the figures there")
    asked = parser.parse_args()
    incidents, units, rounds = (100, 30, 2) if asked.quick else (INCIDENTS, UNITS, ROUNDS)
    with tempfile.TemporaryDirectory(prefix="gongzhi-replay-") as folder:
        home = Path(folder) / "home"
        if asked.home:
            shutil.copytree(asked.home, home)
            gongzhi(home, "init")
        else:
            gongzhi(home, "demo", "--no-serve", "--days", "1")
        county = RunningCounty(home)
        made = {"seed": SEED, "incidents": incidents, "units": units}
        begin = county.python(MAKE.format(**made)).strip().splitlines()[-1]
        told = county.python(MEASURE.format(begin=begin, rounds=rounds))
        found: dict[str, Any] = {
            "machine": machine(), "data": {**made, "county": "demo", "day": begin},
            "replay": json.loads(told.strip().splitlines()[-1]),
        }  # fmt: skip
        if not asked.no_browser:
            with county:
                found["browser"] = played(county, begin, 3 if asked.quick else PLAYED)
    for part in ("replay", "browser"):
        for name, value in found.get(part, {}).items():
            print(f"{part}.{name:28}{value:>12}")
    print(f"data: {json.dumps(found['data'])}\nmachine: {json.dumps(found['machine'])}")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
