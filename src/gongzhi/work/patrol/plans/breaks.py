"""The breaks that the catalogue gives units on their shifts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.patrol.plans.making import MadeRest
from gongzhi.work.patrol.plans.selectors.shifts import OnDuty


def breaks_of(units: Sequence[OnDuty]) -> tuple[MadeRest, ...]:
    """Of each unit, by its number, in the order of their hours; when they are is not said yet."""
    return tuple(one for n, unit in enumerate(units) for one in _breaks(n, unit))


def _breaks(n: int, unit: OnDuty) -> Iterator[MadeRest]:
    found = []
    for code, item in catalogue().breaks.items():
        span = item.of(unit.ends - unit.begins)
        if span is not None:
            earliest, latest = (unit.begins + one for one in span)
            found.append(MadeRest(n, code, item.minutes, earliest, latest))
    yield from sorted(found, key=lambda one: (one.latest, one.code))
