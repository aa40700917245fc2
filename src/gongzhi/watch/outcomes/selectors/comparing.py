"""Towns and units beside each other, each for its own mix of cases, with what chance does.

In the order of their names. What stands out does so by limits that one in 500 passes by chance,
and that allow for more spread than chance explains; nothing else is said to differ. Never persons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gongzhi.analysis.outcomes import Compared, Part, compare
from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import Area
from gongzhi.watch.outcomes.selectors.figures import Row, residents_of, thinned, together
from gongzhi.watch.outcomes.selectors.stories import valued

BACK = 13
"""Weeks that are compared: a quarter of a year."""
By = Literal["town", "unit"]


@dataclass(frozen=True)
class Beside:
    """One town or unit: its own number with bounds, and how it stands to what is expected of it.
    None where it has too few, or where there is nothing to expect."""

    key: str
    name: str
    of: float
    value: float | None
    low: float | None
    high: float | None
    compared: Compared | None


def beside(
    measure: Measure, rows: Sequence[Row], weeks: int, *, by: By, public: bool
) -> list[Beside]:
    """Every town or unit that has something, by name."""
    told = thinned(rows, measure) if public else list(rows)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in told:
        key = row.town if by == "town" else f"{row.unit or ''}"
        if key:
            groups[key].append(row)
    ratios = _ratios(measure, groups, by, weeks)
    names = _names(groups, by)
    found = []
    for key, own in groups.items():
        counted = together(own, residents=residents_of(key) if by == "town" else 0)
        if key not in names:
            continue
        value, low, high = valued(measure, counted, weeks=weeks)
        ratio = ratios.get(key) if value is not None else None
        found.append(Beside(key, names[key], counted.of, value, low, high, ratio))
    return sorted(found, key=lambda one: _spoken(one.name))


def _spoken(name: str) -> bytes:
    """Common Chinese characters stand in GB 18030 by their sound."""
    return name.encode("gb18030")


def _ratios(
    measure: Measure, groups: dict[str, list[Row]], by: By, weeks: int
) -> dict[str, Compared]:
    shares = measure.formula in ("share", "within")
    if shares:
        parts = [Part(key, one.kind, one.n, one.of) for key, own in groups.items() for one in own]
    elif measure.formula == "per_thousand" and by == "town":
        parts = [
            Part(key, "", sum(one.n for one in own), residents_of(key) * weeks)
            for key, own in groups.items()
        ]
    else:
        return {}
    enough = {key for key, own in groups.items()
              if not shares or sum(one.of for one in own) >= measure.least}  # fmt: skip
    return {one.unit: one for one in compare(parts, shares=shares) if one.unit in enough}


def _names(groups: dict[str, list[Row]], by: By) -> dict[str, str]:
    if by == "town":
        towns = Area.objects.filter(kind="town", county__own=True, code__in=list(groups))
        return {one.code: str(one) for one in towns.order_by("valid_from").defer("geometry")}
    units = Unit.objects.in_bulk([int(key) for key in groups])
    return {f"{key}": str(one) for key, one in units.items()}
