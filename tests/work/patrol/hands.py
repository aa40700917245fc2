"""A county with two schools, a pier and a dark lane, and those who patrol it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.places.cells import cells_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County, GazetteerEntry
from gongzhi.work.dispatch.actions import plan_shift
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.patrol.nodes import actions as nodes
from gongzhi.work.patrol.nodes.actions import Told
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.models import Plan, Stop
from gongzhi.work.patrol.plans.selectors.shifts import Shift, shift_called
from gongzhi.work.patrol.plans.solving import edits_of, work_out
from tests.work.dispatch.county import SYSTEM, body, car
from tests.work.dispatch.county import account as opened

DAY = date(2026, 9, 10)
"""A Thursday on which schools are open."""
STATION = Point(30.01, 122.10)
SCHOOL, OTHER_SCHOOL, PIER, LANE = (
    Point(30.02, 122.11), Point(30.00, 122.13), Point(30.03, 122.09), Point(30.015, 122.12)
)  # fmt: skip
MINUTE = timedelta(minutes=1)


def at(hour: float, day: date = DAY) -> datetime:
    """A moment of the county's day."""
    begun = datetime.combine(day, time(), timezone.get_default_timezone())
    return begun + timedelta(hours=hour)


def morning() -> Any:
    """Before the shift begins: ``with morning(): …``"""
    return moment(at(7))


def account(role: str) -> Account:
    """Somebody of this role, at the command centre."""
    name = f"{role}_of_patrol"
    found = Account.objects.filter(username=name).first()
    return found or opened(role, body("command_centre", "department"), name)


def by(role: str = "planner") -> Actor:
    return Actor.account(account(role))


def place(kind: str, name: str, point: Point) -> GazetteerEntry:
    """An entry of the own county's gazetteer."""
    box = {"south": 29.0, "west": 121.0, "north": 31.0, "east": 123.0}
    county, _new = County.objects.get_or_create(
        code="c", own=True, defaults={"name_zh": "县", **box}
    )
    h7, h9 = cells_of(point)
    return GazetteerEntry.objects.create(
        county=county, code=f"{kind}/{point.lat:.4f}/{point.lon:.4f}", kind=kind, name_zh=name,
        name_en=name, lat=point.lat, lon=point.lon, h7=h7, h9=h9, key=name,
    )  # fmt: skip


def told(**more: Any) -> Told:
    """What is said of a drawn area; it holds for four weeks."""
    said = {"reason": "dark", "why": "路灯坏了一片", "until": DAY + timedelta(days=28),
            "name_zh": "后巷", **more}  # fmt: skip
    return Told(**said)


def lane(**more: Any) -> Node:
    """A dark lane that the planner drew."""
    with morning():
        return nodes.draw_node(by(), "hot_spot", LANE, 0, told(**more))


def schools() -> None:
    """Two schools and a pier, as nodes."""
    with morning():
        for kind, name, point in (
            ("school", "一小", SCHOOL), ("school", "二小", OTHER_SCHOOL), ("pier", "码头", PIER)
        ):  # fmt: skip
            place(kind, name, point)
        nodes.open_nodes_of(SYSTEM, "school_gate")
        nodes.open_nodes_of(SYSTEM, "pier")


def cars(*numbers: str, begins: float = 8, ends: float = 20, **more: Any) -> list[ResponseUnit]:
    """Cars on the day's shift, not on duty yet."""
    if not GazetteerEntry.objects.filter(kind="police").exists():
        place("police", "a所", STATION)
    with morning():
        units = [car(number, on_duty=False, **more) for number in numbers or ("01",)]
        for one in units:
            plan_shift(SYSTEM, one, begins=at(begins), ends=at(ends))
    return units


def shift(code: str = "") -> Shift:
    return shift_called(DAY, code)


def proposed(by_: Actor | None = None, **more: Any) -> Plan:
    """A proposal for the day's shift."""
    with morning():
        here = shift()
        made = work_out(here, rounds=200, edits=edits_of(here), **more)
        return actions.propose_plan(by_ or by(), made)


def published(plan: Plan | None = None) -> Plan:
    """The proposal, published by the commander."""
    plan = plan or proposed()
    with morning():
        return actions.publish_plan(by("commander"), plan, why="注意校门口")


def stop_at(plan: Plan, name: str, **more: Any) -> Stop:
    """The plan's first stop at the node of this name."""
    rows = plan.stops.select_related("plan", "node", "crew__unit").filter(**more)
    found = rows.filter(node__name_zh=name).order_by("opens_at", "nth").first()
    assert found is not None, name
    return found


reason = partial(Told, "crowded")
