"""The demo county's units: opened once, on duty, each somewhere in its own town."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.organisation import Crew, crews
from gongzhi.work.dispatch.actions import (
    go_off_duty,
    go_on_duty,
    open_response_unit,
    pause_unit,
    plan_shift,
    report_position,
)
from gongzhi.work.dispatch.models import ResponseUnit, UnitShift
from gongzhi.work.dispatch.states import Status

OFFICER_S_UNIT = "lancheng_02"
"""The unit whose phone the demo account ``officer`` holds: it reports what somebody at a screen
reports, and nothing else."""
SHIFT, DAYS_PLANNED = timedelta(hours=12), 5
PAUSES = ("meal", "refuel", "paperwork")
CAR_KIT = ("first_aid_kit", "shield", "restraint_pole", "cordon_tape", "searchlight")
KIT: dict[str, tuple[tuple[str, ...], str, int | None, int | None]] = {
    # equipment, vehicle or boat, seats, sea state up to which a boat goes out
    "car": ((*CAR_KIT, "four_wheel_drive"), "越野警车", 5, None),
    "traffic_car": (("traffic_cones", "breath_tester", "first_aid_kit"), "交通巡逻车", 5, None),
    "motorcycle": (("first_aid_kit",), "两轮警用摩托", 2, None),
    "foot": (("loudhailer",), "", None, None),
    "boat": (("throw_bag", "life_jackets", "searchlight", "stretcher"), "15 米巡逻艇", 12, 4),
}
FOR_SKILL = {
    "armed": ("body_armour",), "forensics": ("evidence_kit",), "water_rescue": ("rope", "aed"),
}  # fmt: skip
RESTING = 6
"""Every sixth unit or so is off duty."""


def load_fleet(by: Actor, county: County) -> int:
    """Open the units that aren't there yet; says how many there are."""
    stations = {unit.code: unit for unit in Unit.objects.all()}
    known = set(ResponseUnit.objects.values_list("code", flat=True))
    known_beats = sorted(beat.code for beat in county.beats)
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
                officers=1 if crew.people < 3 and crew.kind == "foot" else min(crew.people, 2),
                beats=_beats(known_beats, crew),
                **_kit(crew),
            )
    return ResponseUnit.objects.count()


def _kit(crew: Crew) -> dict[str, Any]:
    """What it rides in and what it carries; more of it where its people can use more."""
    equipment, vehicle, seats, sea_limit = KIT[crew.kind]
    more = {code for skill in crew.skills for code in FOR_SKILL.get(skill, ())}
    return {
        "equipment": [*equipment, *sorted(more - set(equipment))],
        "vehicle": vehicle,
        "seats": seats,
        "sea_limit": sea_limit,
    }


def _beats(known: list[str], crew: Crew) -> list[str]:
    """The beats of its town that it knows best: each unit some of them, together all."""
    town, _, number = crew.code.partition("_")
    own = [code for code in known if code.startswith(f"{town}-")]
    return own[int(number) % max(len(own), 1) :: 3][:2] if own else []


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
    _lose_one(by, [unit for unit in units if unit not in resting], until)
    return on_duty


def plan_duty(by: Actor, until: datetime) -> int:
    """Plan the shift that goes on, and those of the next days; says how many there are.

    Who is on duty has this shift, who is off has the next. Some of those at rest eat or refuel.
    """
    begun = _shift_before(until)
    for n, unit in enumerate(ResponseUnit.objects.order_by("pk")):
        off = unit.status == Status.OFF_DUTY
        begins = begun + timedelta(hours=12 if off else 0)
        lead = Account.objects.get(username="officer") if unit.code == OFFICER_S_UNIT else None
        first = begins - timedelta(days=1)  # yesterday's, too: its patrols are there to be replayed
        with moment(first - timedelta(days=1)):
            plan_shift(by, unit, begins=first, ends=first + SHIFT, lead=lead, days=DAYS_PLANNED)
        if unit.status == Status.FREE and unit.code != OFFICER_S_UNIT and n % 7 == 4:
            with moment(until - timedelta(minutes=4 + 3 * n % 25)):
                pause_unit(by, unit, PAUSES[n % len(PAUSES)])
    return UnitShift.objects.count()


def _shift_before(at: datetime) -> datetime:
    """When the shift began that goes on then: at eight in the morning or in the evening."""
    local = timezone.localtime(at)
    morning = local.replace(hour=8, minute=0, second=0, microsecond=0)
    begun = [morning + timedelta(hours=12 * n) for n in (-1, 0, 1)]
    return max(one for one in begun if one <= local)


def _lose_one(by: Actor, units: list[ResponseUnit], until: datetime) -> None:
    """One phone has lost its way: what it says is doubted at the desk."""
    free = [unit for unit in units if unit.status == Status.FREE and unit.point is not None]
    places = [unit.point for unit in free if unit.point is not None]
    if places:
        far = max(places, key=lambda place: metres_between(places[0], place))
        with moment(until - timedelta(seconds=3)):
            report_position(by, free[0], far)


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
