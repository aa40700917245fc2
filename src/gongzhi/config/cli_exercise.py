"""``gongzhi exercise``: a drill in a county of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from gongzhi.config.begin import HomeOption, begin, prepare
from gongzhi.config.home import Home

if TYPE_CHECKING:
    from gongzhi.config.exercise.plan import Planned
    from gongzhi.config.exercise.storm import Spot

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
LONGEST_REPORT = timedelta(hours=24)


class Crews(StrEnum):
    """Who goes where a unit is sent."""

    AUTO = "auto"
    NONE = "none"


def exercise(
    scenario: Annotated[str, typer.Argument(help="storm; ignored with --from.")] = "storm",
    home: HomeOption = None,
    port: Annotated[int, typer.Option(help="Port of the drill's own pages.")] = 8010,
    speed: Annotated[float, typer.Option(min=0.1, max=60, help="How fast its time runs.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed, the same storm.")] = 7,
    crews: Annotated[Crews, typer.Option(help="auto: made-up crews go.")] = Crews.AUTO,
    source: Annotated[
        str, typer.Option("--from", help="An imported source's code: play one of its days.")
    ] = "",
    day: Annotated[str, typer.Option(help="Which day of it, such as 2026-11-24.")] = "",
    name: Annotated[str, typer.Option(help="Name of the drill, to go on with it.")] = "",
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make it.")] = False,
    report: Annotated[bool, typer.Option("--report", help="Say how a drill went.")] = False,
) -> None:
    """Run a drill in a county of its own, below HOME/exercises; again, it goes on where it was.

    It takes along the county's places, network, units and catalogue, and nobody's details.
    """
    county = Home(home.expanduser().resolve()) if home else Home.from_environment()
    what = f"{source}-{day}" if source else scenario
    name = name or f"{what}-{datetime.now().astimezone():%Y-%m-%d}"
    if not NAME.fullmatch(name):
        sys.exit(f"{name!r}: a drill's name has small letters, digits, _ and - alone")
    drill = county.exercise(name)
    if report:
        _report(drill if drill.exercise_marker.exists() else _last(county))
        return
    if not drill.exercise_marker.exists():
        begin(county.root)
        prepare()
        try:
            _make(county, drill, scenario, source, day, seed=seed)
        except ValueError as wrong:
            sys.exit(str(wrong))
    _set(drill, what=what, seed=seed, speed=speed, crews=crews is Crews.AUTO)
    print(f"The drill in {drill.root}", flush=True)
    # In a process of its own, because settings and memory here are the county's.
    made = subprocess.run(
        [sys.executable, sys.argv[0], "init", "--home", str(drill.root)], check=False
    )
    if made.returncode:
        sys.exit(made.returncode)
    if not no_serve:
        command = [sys.argv[0], "run", "--home", str(drill.root), "--port", str(port)]
        os.execv(sys.executable, [sys.executable, *command])  # noqa: S606  (our own program)


def found_drill() -> None:
    """Found the drill's county in its home, if that is still to be done."""
    from django.conf import settings

    from gongzhi.config.exercise.founding import found

    found(settings.HOME, partial(print, flush=True), open_door=settings.DEMO)


def go_on() -> None:
    """Let calls come and crews go; their jobs are registered on import."""
    from django.conf import settings

    from gongzhi.config.exercise import feed
    from gongzhi.config.exercise.plan import read_drill

    found_drill()
    feed.say = partial(print, flush=True)
    if read_drill(settings.HOME).crews:
        import gongzhi.config.exercise.crews  # noqa: F401


def _make(county: Home, drill: Home, scenario: str, source: str, day: str, *, seed: int) -> None:
    """Lay everything into the drill's home; the marker comes last. Raises ValueError in words."""
    from gongzhi.base.places.selectors import own_county
    from gongzhi.config.exercise.copying import copy_out, spots_of
    from gongzhi.config.exercise.plan import write_plan
    from gongzhi.config.exercise.storm import SCENARIOS

    if county.exercise_marker.exists():
        raise ValueError(f"{county.root} is a drill itself; choose the county's own --home.")
    own = own_county()
    if own is None:
        raise ValueError(f"{county.root} holds no county yet: gongzhi demo, or import its areas.")
    if not source and scenario not in SCENARIOS:
        raise ValueError(f"no scenario {scenario!r}; there is: {', '.join(SCENARIOS)}")
    spots = spots_of(own)
    plan = _day_of(source, day, spots) if source else SCENARIOS[scenario](spots, seed)
    counts = copy_out(own, county, drill)
    write_plan(drill, plan)
    if county.demo_marker.exists():
        shutil.copy2(county.demo_marker, drill.demo_marker)
    print(", ".join(f"{number} {name}" for name, number in counts.items()), flush=True)
    print(f"{len(plan)} calls to come", flush=True)


def _day_of(source: str, day: str, spots: list[Spot]) -> list[Planned]:
    from gongzhi.base.places.models import County
    from gongzhi.config.exercise.days import day_of

    county = County.objects.filter(code=source, own=False).first()
    if county is None:
        known = ", ".join(County.objects.filter(own=False).values_list("code", flat=True))
        raise ValueError(f"nothing was imported as {source!r}; there is: {known or 'nothing'}")
    plan = day_of(county, _date(day), spots)
    if not plan:
        raise ValueError(f"{source} has no incident on {day}")
    return plan


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("--day: write it as 2026-11-24") from None


def _set(drill: Home, *, what: str, seed: int, speed: float, crews: bool) -> None:
    """What the drill is; of one that has begun, only speed and crews change."""
    from dataclasses import replace

    from gongzhi.config.exercise.plan import Drill, read_drill, write_drill

    fresh = Drill(drill.root.name, what, seed, speed, crews)
    held = read_drill(drill) if drill.exercise_marker.exists() else fresh
    write_drill(drill, replace(held, speed=speed, crews=crews))


def _last(county: Home) -> Home:
    """The drill that was made last; the home itself when it is one."""
    if county.exercise_marker.exists():
        return county
    made = sorted(county.exercises.glob("*/exercise.json"), key=lambda path: path.stat().st_mtime)
    if not made:
        sys.exit(f"there is no drill in {county.exercises}")
    return Home(made[-1].parent)


def _report(drill: Home) -> None:
    """Print how long people waited, and where to look again."""
    begin(drill.root)
    from django.utils import timezone

    from gongzhi.config.exercise.plan import read_drill, read_plan
    from gongzhi.watch.replay.selectors.report import report_of
    from gongzhi.watch.replay.selectors.shift import Shift, Window

    state = read_drill(drill)
    if state.began_at is None:
        sys.exit(f"{drill.root.name} has not begun")
    began = timezone.localtime(state.began_at)
    until = min(timezone.localtime(), began + LONGEST_REPORT)
    window = Window(began, max(until, began + timedelta(minutes=1)))
    told = report_of(Shift(window))
    calls = f"{state.fed} of {len(read_plan(drill))} calls"
    print(f"{drill.root.name}: {calls}, {told.incidents} incidents")
    for row in told.waited:
        print(f"P{row.priority}  {row.incidents:3} incidents, {row.never} without a unit; "
              f"half / nine in ten / longest to dispatch {' / '.join(row.cells[:3])}, "
              f"to arrival {' / '.join(row.cells[3:])}")  # fmt: skip
    for one in told.worst:
        print(f"  {timezone.localtime(one.play_from):%H:%M}  {one.waited}  {one.matter.title}  "
              f"/replay/shift/?{window.query}&at={one.play_from:%Y-%m-%dT%H:%M:%SZ}")  # fmt: skip
