"""A county in which scooters vanish, and those who see to it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import h3.api.basic_int as h3
import numpy as np
from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.cells import as_text
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.actions import keep_look
from gongzhi.work.prevention.problems.looking import Seen
from gongzhi.work.prevention.problems.models import Problem, Rise
from tests.work.dispatch.county import SYSTEM, body
from tests.work.dispatch.county import account as opened

MIDDLE = int(h3.latlng_to_cell(30.05, 122.1, 8))
AREA = sorted(h3.grid_disk(MIDDLE, 5))
TODAY = date(2026, 6, 1)
"""The day after the last that is over."""
LAST = TODAY - timedelta(days=1)
UNITS = {"officer": "station_west", "unit_leader": "station_east"}
ABOUT = "theft_scooter"


def at(day: date, hour: float = 12) -> datetime:
    """A moment of the county's day."""
    begun = datetime.combine(day, time(), timezone.get_default_timezone())
    return begun + timedelta(hours=hour)


def matter(day: date, cell: int = MIDDLE, **more: Any) -> Matter:
    """One that somebody told, not saved yet."""
    told = {
        "procedure": "incident", "category": ABOUT, "channel": "phone", "priority": 3,
        "opened_at": at(day), **more,
    }  # fmt: skip
    told.setdefault("version", catalogue().procedures[told["procedure"]].versions[0].code)
    fine = int(h3.cell_to_center_child(cell, 9))
    lat, lon = h3.cell_to_latlng(fine)
    return Matter(
        step="received", stepped_at=told["opened_at"], owner_unit=body("station_east"),
        lat=lat, lon=lon, h9=fine, h7=int(h3.cell_to_parent(fine, 7)), **told,
    )  # fmt: skip


def tell(matters: list[Matter]) -> None:
    Matter.objects.bulk_create(matters)


def usual(many: int = 300, days: int = 160, last: date = LAST, **more: Any) -> list[Matter]:
    """Thefts by chance, over all the county."""
    dice = np.random.default_rng(3)
    back, cells = dice.integers(0, days, many), dice.choice(len(AREA), many)
    return [
        matter(last - timedelta(days=int(n)), AREA[int(c)], **more)
        for n, c in zip(back, cells, strict=True)
    ]


def burst(many: int = 16, days: int = 10, last: date = LAST, **more: Any) -> list[Matter]:
    """More than there should be, in the middle, on the last days."""
    here = sorted(h3.grid_disk(MIDDLE, 1))
    return [
        matter(last - timedelta(days=n % days), here[n % len(here)], **more) for n in range(many)
    ]


def account(role: str, unit: str = "") -> Account:
    """Somebody of this role."""
    name = f"{role}_of_{unit or 'its'}"
    found = Account.objects.filter(username=name).first()
    return found or opened(role, body(unit or UNITS.get(role, "centre")), name)


def by(role: str = "analyst", unit: str = "") -> Actor:
    return Actor.account(account(role, unit))


def seen(day: date = LAST, middle: int = MIDDLE, **more: Any) -> Seen:
    """A rise as a look finds it."""
    cells = tuple(as_text(one) for one in [middle, *sorted(h3.grid_ring(middle, 1))])
    told = {"about": ABOUT, "count": 12, "expected": 2.2, "chance": 1e-6, **more}
    return Seen(cells=cells, first_day=day - timedelta(days=9), last_day=day, **told)


def looked(*found: Seen, day: date = LAST) -> None:
    keep_look(SYSTEM, day, found, categories=20, allowed=1 / 7300)


def rise(**more: Any) -> Rise:
    """An open one."""
    found = seen(**more)
    looked(found, day=found.last_day)
    return Rise.objects.latest("pk")


def problem(**more: Any) -> Problem:
    """One that the analyst made of a rise; the eastern station's."""
    found = rise(**more)
    return actions.confirm_rise(by(), found, title="车棚里丢车", unit=body("station_east"))
