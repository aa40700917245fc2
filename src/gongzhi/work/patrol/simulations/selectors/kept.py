"""What a simulation came to: its repeats as a comparison, in tables and curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.analysis.simulation import Comparison, Estimate, Outcome, Shape, Tally
from gongzhi.base.places.models import Area
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.patrol.simulations.drawing import Bar, Drawn, drawn
from gongzhi.work.patrol.simulations.models import Simulation
from gongzhi.work.patrol.simulations.saying import difference, minutes, part

ENOUGH = 2
"""Repeats below which there is no interval, and nothing is said."""


@dataclass(frozen=True)
class Line:
    """One row of the table: of an area and a priority (0: all)."""

    area: str
    priority: int
    calls: int
    half: str
    nine: str
    within: str
    later: str
    oftener: str
    clear: bool
    better: bool


@dataclass(frozen=True)
class Told:
    """All that the page shows."""

    repeats: int
    head: str
    lines: Sequence[Line]
    rest: Sequence[Line]
    curves: Sequence[tuple[int, Drawn]]
    bars: Sequence[Bar]
    lost: str
    waited: str


def comparison_of(simulation: Simulation) -> Comparison | None:
    """Of the repeats that are done; None before there are two."""
    rows = list(simulation.rows.order_by("number").values_list("base", "other"))
    if len(rows) < ENOUGH or not simulation.county:
        return None
    base = tuple(Tally.of_lists(one) for one, _other in rows)
    other = tuple(Tally.of_lists(one) for _base, one in rows)
    return Comparison(
        Outcome(shape_kept(simulation), base), Outcome(shape_kept(simulation, "other_"), other)
    )


def shape_kept(simulation: Simulation, which: str = "") -> Shape:
    """What the rows of its repeats stand for: today's, or the changed county's (``other_``)."""
    told = simulation.county
    stops = tuple((code, node) for code, node in told[f"{which}stops"])
    return Shape(
        tuple(told["priorities"]), tuple(told["areas"]), tuple(told[f"{which}units"]), stops
    )


def headline(nine: Estimate | None) -> str:
    """The one sentence: how much later (s) nine calls in ten of the whole county are reached."""
    if nine is None:
        return _("还没有结果")
    return _("改动以后，九成来电有人到：%(said)s") % {"said": difference(nine, "time")}


def headline_kept(simulation: Simulation) -> str:
    """The same, as it was summed up when work on it last ended: for lists."""
    summed = simulation.county.get("nine")
    return headline(Estimate(*summed) if summed else None)


def summed_up(simulation: Simulation) -> list[float] | None:
    """What `headline_kept` reads."""
    both = comparison_of(simulation)
    if both is None:
        return None
    nine = both.of("p90")
    return [nine.value, nine.low, nine.high] if nine.known else None


def told_of(simulation: Simulation) -> Told | None:
    """None before there are two repeats."""
    both = comparison_of(simulation)
    if both is None:
        return None
    promise = {int(key): seconds for key, seconds in simulation.county["promise"].items()}
    names = area_names(both.base.shape.areas)
    lines = [_line(both, area, priority, names) for area, priority in both.base.shape.groups]
    first = [one for one in lines if not one.area or not one.priority]
    lost = both.lost()
    return Told(
        repeats=both.repeats, head=headline(both.of("p90")),
        lines=[one for one in first if one.calls],
        rest=[one for one in lines if one.area and one.priority and one.calls],
        curves=_curves(both, promise), bars=_bars(both),
        lost=part(lost) if lost.known else "",
        waited=difference(both.of("waited"), "part"),
    )  # fmt: skip


def area_names(codes: Sequence[str]) -> dict[str, str]:
    """What the areas are called."""
    rows = Area.objects.filter(code__in=codes, valid_to=None, county__own=True)
    return {area.code: str(area) for area in rows.defer("geometry")}


def unit_names() -> dict[str, str]:
    """Code → call sign, of all units."""
    return {unit.code: str(unit) for unit in ResponseUnit.objects.only(
        "code", "name_zh", "name_en", "county")}  # fmt: skip


def _line(both: Comparison, area: str, priority: int, names: dict[str, str]) -> Line:
    calls = both.base.of("calls", area=area, priority=priority)
    p90, within = (both.of(one, area=area, priority=priority) for one in ("p90", "within"))
    return Line(
        area=names.get(area, area), priority=priority, calls=round(calls.value),
        half=minutes(both.base.of("p50", area=area, priority=priority)),
        nine=minutes(both.base.of("p90", area=area, priority=priority)),
        within=part(both.base.of("within", area=area, priority=priority)),
        later=difference(p90, "time"), oftener=difference(within, "part"),
        clear=p90.clear, better=p90.value < 0,
    )  # fmt: skip


def _curves(both: Comparison, promise: dict[int, float]) -> list[tuple[int, Drawn]]:
    found = []
    for priority in (0, *both.base.shape.priorities):
        one = drawn(both.base.curve(priority), both.other.curve(priority), promise.get(priority))
        if one is not None:
            found.append((priority, one))
    return found


def _bars(both: Comparison) -> list[Bar]:
    names, kinds = unit_names(), {code: str(name) for code, name in ResponseUnit.Kind.choices}
    codes = dict.fromkeys([*both.base.shape.units, *both.other.shape.units])
    found = []
    for code in codes:
        sides = [one.unit(code) if code in one.shape.units else None
                 for one in (both.base, both.other)]  # fmt: skip
        wide = [None if one is None else min(round(100 * one.value), 100) for one in sides]
        said = ["—" if one is None else part(one) for one in sides]
        found.append(
            Bar(names.get(code) or _new_unit(code, kinds), wide[0], wide[1], said[0], said[1])
        )
    return found


def _new_unit(code: str, kinds: Mapping[str, str]) -> str:
    """What a unit is called that the change adds: its code is its kind and a number."""
    kind, _dash, number = code.partition("-new-")
    if not number:
        return code
    return _("新增%(kind)s %(n)s") % {"kind": kinds.get(kind, kind), "n": number}
