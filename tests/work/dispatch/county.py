"""A station, a desk and some units, as the tests of dispatch need them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.work.dispatch.actions import go_on_duty, open_response_unit
from gongzhi.work.dispatch.board import Recommendation
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.units import ranked, recommendation

SYSTEM = Actor.system("test")
HERE = Point(30.01, 122.1)


def body(code: str, kind: str = "station") -> Unit:
    """The unit of organisation with this code, opened when it is not there."""
    found = Unit.objects.filter(code=code).first()
    return found or open_unit(SYSTEM, code=code, kind=kind, name_zh=f"{code}所", name_en=code)


def account(role: str, unit: Unit, name: str = "") -> Account:
    """Somebody of this role."""
    return open_account(
        SYSTEM, username=name or f"{unit.code}_{role}", display_name="海小某", unit=unit,
        roles=[role],
    )  # fmt: skip


def dispatcher(name: str = "desk") -> Actor:
    """A dispatcher of the command centre."""
    return Actor.account(account("dispatcher", body("command_centre", "department"), name))


def car(number: str, station: str = "a", *, on_duty: bool = True, **more: Any) -> ResponseUnit:
    """A unit; on duty and standing at HERE unless told otherwise."""
    told = {"kind": "car", "skills": ["first_aid"], **more}
    unit = open_response_unit(
        SYSTEM, code=f"{station}_{number}", name_zh=f"{station} {number}",
        name_en=f"{station} {number}", station=body(station), **told,
    )  # fmt: skip
    return go_on_duty(SYSTEM, unit, point=HERE) if on_duty else unit


def incident(category: str = "theft", point: Point | None = HERE, **more: Any) -> Matter:
    """An open incident at the command centre."""
    told = {"words": "东西被偷了", "place": "海平路 12 号", **more}
    return open_matter(
        SYSTEM,
        NewMatter(procedure="incident", category=category, point=point,
                  owner=body("command_centre", "department"), channel="phone", **told),
    )  # fmt: skip


def stands_at(unit: ResponseUnit, point: Point) -> None:
    """The unit has come there meanwhile, by a way that nobody doubts."""
    ResponseUnit.objects.filter(pk=unit.pk).update(lat=point.lat, lon=point.lon, h9=cell_of(point))


def recommended(units: Iterable[ResponseUnit], matter: Matter) -> list[Recommendation]:
    """The free units, the best first, each with its reasons in words."""
    listed = {unit.pk: unit for unit in units}
    order = ranked(listed.values(), matter)
    return [recommendation(one, listed[one.key], matter.priority) for one in order]
