"""The demo county's units: opened once, on duty, each somewhere in its own town."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.organisation import Crew, crews
from gongzhi.work.dispatch.actions import (
    go_off_duty,
    go_on_duty,
    open_response_unit,
    report_position,
)
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.states import Status

OFFICER_S_UNIT = "lancheng_02"
"""The unit whose phone the demo account ``officer`` holds: it reports what somebody at a screen
reports, and nothing else."""
RESTING = 6
"""Every sixth unit or so is off duty."""


def load_fleet(by: Actor, county: County) -> int:
    """Open the units that aren't there yet; says how many there are."""
    stations = {unit.code: unit for unit in Unit.objects.all()}
    known = set(ResponseUnit.objects.values_list("code", flat=True))
    for crew in crews(county):
        if crew.code not in known:
            open_response_unit(
                by,
                code=crew.code,
                name_zh=crew.call_sign.zh,
                name_en=crew.call_sign.en,
                station=stations[crew.body],
                kind=crew.kind,
                people=crew.people,
                skills=crew.skills,
            )
    return ResponseUnit.objects.count()


def begin_duty(by: Actor, county: County, seed: int) -> int:
    """Take every unit on duty, each somewhere in its town; says how many there are."""
    rng = np.random.default_rng([seed, 21])
    units = {unit.code: unit for unit in ResponseUnit.objects.all()}
    officer = Account.objects.get(username="officer")
    for crew in crews(county):
        crew_of = [officer] if crew.code == OFFICER_S_UNIT else []
        go_on_duty(by, units[crew.code], crew=crew_of, point=_somewhere(rng, county, crew))
    return len(units)


def change_shift(by: Actor, seed: int, until: datetime) -> int:
    """As the history ends: some units go home, the others have just said where they are.

    Says how many are on duty.
    """
    rng = np.random.default_rng([seed, 22])
    on_duty = 0
    units = list(ResponseUnit.objects.order_by("pk"))
    resting = _those_who_go(units)
    for unit in units:
        if unit in resting:
            with moment(until):
                go_off_duty(by, unit)
        elif unit.point is not None:
            with moment(until - timedelta(seconds=int(rng.integers(5, 240)))):
                report_position(by, unit, unit.point)
            on_duty += 1
    return on_duty


def _those_who_go(units: list[ResponseUnit]) -> list[ResponseUnit]:
    """One of so many, of those who are free at this moment, from all over the county."""
    free, number = [unit for unit in units if unit.status == Status.FREE], len(units) // RESTING
    return free[:: max(1, len(free) // max(1, number))][:number]


def _somewhere(rng: np.random.Generator, county: County, crew: Crew) -> Point:
    """At its post when it is a boat; else at one of the places people know in its town."""
    town = crew.code.partition("_")[0]
    known = [poi.shape for poi in county.pois if poi.properties["town"] == town]
    if crew.kind == "boat" or not known:
        return Point(crew.lat, crew.lon)
    shape = known[int(rng.integers(len(known)))]
    return Point(shape.y, shape.x)
