"""What is to happen in the demo county while somebody looks at it: told in advance, kept as a file.

Drawing the county takes seconds, a running server has none to spare: so a day's worth of
happenings for each hour is told when the county is made, and used again and again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.places.coordinates import Point
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.history.lived import point_of
from gongzhi.config.demo.history.rhythm import ZONE
from gongzhi.config.demo.history.stream import Happening, Life

AN_HOUR = 24
"""Happenings told for each hour of the day."""


@dataclass(frozen=True)
class Next:
    """One call or request to come."""

    kind: str
    category: str
    words: str
    place: str
    point: Point
    town: str
    answers: Mapping[str, str | int]
    channel: str
    caller: Mapping[str, str]


def tell_ahead(county: County, path: Path, *, seed: int, until: datetime) -> int:
    """Write what is to come; says how much there is."""
    life = Life(county, catalogue().categories, seed)
    rng = np.random.default_rng([seed, 34])
    day = until.astimezone(ZONE).replace(hour=0, minute=30, second=0, microsecond=0)
    told = {
        hour: [_plain(life.another(rng, (day + timedelta(hours=hour)).astimezone(UTC), n))
               for n in range(AN_HOUR)]
        for hour in range(24)
    }  # fmt: skip
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return sum(len(each) for each in told.values())


def next_of(path: Path, at: datetime, number: int) -> Next | None:
    """The happening of this number in the hour of `at`; None where nothing was told."""
    if not path.exists():
        return None
    hour = json.loads(path.read_text("utf-8"))[str(at.astimezone(ZONE).hour)]
    chosen: dict[str, Any] = hour[number % len(hour)]
    return Next(**{**chosen, "point": Point(*chosen["point"])})


def _plain(one: Happening) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "category": one.category,
        "words": one.words,
        "place": one.spot.address,
        "point": point_of(one),
        "town": one.spot.town,
        "answers": dict(one.answers),
        "channel": one.channel,
        "caller": {"name": one.reporter, "phone": one.phone},
    }
