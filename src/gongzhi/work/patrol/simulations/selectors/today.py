"""The county as it is today, for a simulation: its posts, units, shifts, run cards, ways, and the
calls of the past year. Only incidents are read, and of them when, where, what and how urgent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import h3.api.basic_int as h3
import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.analysis.dispatching.ranking import LACKING
from gongzhi.analysis.simulation import (
    HOURS_A_WEEK,
    MONTHS,
    Calls,
    County,
    Scenario,
    Unit,
    Want,
)
from gongzhi.analysis.simulation.laws import Floats
from gongzhi.base.catalogue.kinds.run_card import Facts
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.card import SCENE, roles_of
from gongzhi.work.dispatch.selectors.ground import RESOLUTION, CountyGround, county_ground
from gongzhi.work.dispatch.selectors.queue import incidents
from gongzhi.work.dispatch.selectors.units import MODES
from gongzhi.work.patrol.simulations.changes import Ground, Place
from gongzhi.work.patrol.simulations.selectors.duty import duties_of
from gongzhi.work.patrol.simulations.selectors.lasting import Lasting, lasting_of
from gongzhi.work.patrol.simulations.selectors.nodes import Nodes, nodes_of, ways_between

LOOKED = timedelta(days=365)
FEWEST = 20
"""Incidents below which nothing can be said of a county."""
PLACED, DAILY, WEEKLY, YEARLY = 15.0, 30.0, 100.0, 300.0
"""So many calls' worth a category's places, hours, weekdays and months are held at those of all."""
DIVERTS = 120.0
"""A unit underway is called away to what is more urgent if it is there so much sooner (s)."""
USUAL_PROMISE = {1: 600.0, 2: 900.0, 3: 1800.0, 4: 3600.0}


@dataclass(frozen=True)
class _Call:
    """One incident: when, what, and the cell's number."""

    at: datetime
    category: str
    priority: int
    cell: int
    wants: tuple[Want, ...]


def ground_today(places: Sequence[Place] = ()) -> Ground:
    """Today's county. ``places``: where units may come to stand, besides cells and posts. Refuses,
    in words, a county that has too little past, or no unit."""
    known = county_ground()
    units = list(ResponseUnit.objects.select_related("station").order_by("code"))
    if known is None or not units:
        raise Refused(_("还没有单位或来电，没有可以模拟的。"), code="nothing")
    stations = {one.station.code: one.station for one in units}
    nodes = nodes_of(known, list(stations.values()), places)
    scenario = _scenario(known, nodes, units)
    return Ground(scenario, nodes.node_of, lambda closed: ways_between(nodes, closed), _mode_of)


def _mode_of(kind: str) -> str:
    if kind not in MODES:
        words = _("没有“%(kind)s”这种单位。可以用：%(known)s。")
        raise Refused(words % {"kind": kind, "known": ", ".join(MODES)}, code="kind")
    return MODES[kind]


def _scenario(known: CountyGround, nodes: Nodes, units: list[ResponseUnit]) -> Scenario:
    calls = _past(known, nodes)
    if len(calls) < FEWEST:
        words = _("过去的警情太少（%(n)s 起），模拟不了：至少要 %(few)s 起。")
        raise Refused(words % {"n": len(calls), "few": FEWEST}, code="too_few")
    towns = tuple(sorted({town for town in nodes.towns if town}))
    area_of = tuple(towns.index(town) if town else -1 for town in nodes.towns)
    lasting = lasting_of(now() - LOOKED)
    duties = duties_of(units)
    return Scenario(
        County(towns, area_of, ways_between(nodes)),
        tuple(_unit(one, nodes, duties[one.pk]) for one in units),
        tuple(_kinds(calls, known, nodes, lasting)),
        promise=promises(), turnout=lasting.turnout, stretch=lasting.stretch,
        diverts=DIVERTS,
    )  # fmt: skip


def promises() -> dict[int, float]:
    """From the call to somebody being there (s), by priority, as the catalogue promises it."""
    found = dict(USUAL_PROMISE)
    for clock in catalogue().clocks.values():
        if clock.authority == "promise" and "step:on_scene" in clock.stops_on:
            for priority in clock.when.get("priority", ()):
                found[int(str(priority))] = clock.limit.length.total_seconds()
    return found


def _unit(one: ResponseUnit, nodes: Nodes, duty: tuple[bool, ...]) -> Unit:
    skills = frozenset(one.skills) | frozenset(one.equipment)
    return Unit(one.code, one.kind, MODES[one.kind], nodes.posts[one.station.code], skills, duty)


def _past(known: CountyGround, nodes: Nodes) -> list[_Call]:
    cells = {cell: n for n, cell in enumerate(known.cells)}
    rows = incidents().filter(opened_at__gte=now() - LOOKED, h9__isnull=False, merged_into=None)
    found = []
    for matter in rows.order_by("opened_at"):
        cell = cells.get(int(h3.cell_to_parent(matter.h9, RESOLUTION)))
        if cell is None:
            continue
        wants = _wants(matter, at_sea=nodes.spots[cell].land is None)
        found.append(_Call(matter.opened_at, matter.category, matter.priority, cell, wants))
    return found


def _wants(matter: Matter, *, at_sea: bool) -> tuple[Want, ...]:
    """What today's run card sends to it; who waits ashore doesn't count. Who lacks a skill goes
    where that is so much sooner as when units are ranked for the dispatcher."""
    card = catalogue().run_card_of(matter.category)
    if card is None:
        return (Want(),)
    answers = {code: str(given) for code, given in matter.answers.items()}
    plan = card.on(timezone.localdate(now())).plan(Facts(matter.priority, 1, answers, at_sea))
    roles = Counter(
        (one.modes, one.skills | one.equipment) for one in roles_of(plan) if one.place == SCENE
    )
    lacking = LACKING[matter.priority or 3]
    return tuple(Want(modes, able, n, lacking) for (modes, able), n in roles.items()) or (Want(),)


def _kinds(
    calls: list[_Call], known: CountyGround, nodes: Nodes, lasting: Lasting
) -> Iterable[Calls]:
    """One for each category, priority and what is sent."""
    days = max((now() - calls[0].at) / timedelta(days=1), 1.0)
    places, hours = _Shares(len(known.cells), PLACED), _Shares(24, DAILY)
    zone = timezone.get_default_timezone()
    for one in calls:
        places.add(one.category, one.cell)
        hours.add(one.category, one.at.astimezone(zone).hour)
    weekday = _held(Counter(one.at.astimezone(zone).weekday() for one in calls), 7, WEEKLY)
    season = (1.0,) * MONTHS
    if days >= 360:
        season = tuple(_held(Counter(one.at.astimezone(zone).month - 1 for one in calls), MONTHS,
                             YEARLY).tolist())  # fmt: skip
    blank = np.zeros(len(nodes.points) - len(known.cells))
    sorts: Counter[tuple[str, int, tuple[Want, ...]]] = Counter(
        (one.category, one.priority, one.wants) for one in calls
    )
    for (category, priority, wants), n in sorts.items():
        day = _smooth(hours.of(category))
        week = np.array([day[h % 24] * weekday[h // 24] for h in range(HOURS_A_WEEK)])
        yield Calls(
            category, priority, n / days,
            np.concatenate([places.of(category, known.ground.demand), blank]), wants,
            lasting.work_of(category), lasting.handling_of(priority),
            tuple((week / week.mean()).tolist()), season,
            lasting.cancelled, lasting.handed_back,
        )  # fmt: skip


class _Shares:
    """How a category's calls lie over so many boxes, held at how all calls lie."""

    def __init__(self, boxes: int, pull: float) -> None:
        self.boxes, self.pull = boxes, pull
        self.seen: dict[str, Floats] = defaultdict(lambda: np.zeros(boxes))

    def add(self, category: str, box: int) -> None:
        """One more."""
        self.seen[category][box] += 1

    def of(self, category: str, usual: Floats | None = None) -> Floats:
        """They sum to 1."""
        if usual is None:
            usual = sum(self.seen.values(), np.ones(self.boxes))
        held = self.seen[category] + self.pull * usual / usual.sum()
        found: Floats = held / held.sum()
        return found


def _held(seen: Counter[int], boxes: int, pull: float) -> Floats:
    """How many times the average, held at the average."""
    counts = np.array([seen[n] for n in range(boxes)], np.float64)
    found: Floats = (counts + pull / boxes) / (counts.sum() + pull) * boxes
    return found


def _smooth(day: Floats) -> Floats:
    """With the hours beside it."""
    found: Floats = (np.roll(day, 1) + 2 * day + np.roll(day, -1)) / 4
    return found
