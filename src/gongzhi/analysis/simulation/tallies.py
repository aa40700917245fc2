"""What one repeat came to, in numbers: by area and priority, by unit, by stop of a patrol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.simulation.calling import DAY, HOUR, YEAR, Drawn
from gongzhi.analysis.simulation.county import Scenario
from gongzhi.analysis.simulation.engine import Ran
from gongzhi.analysis.simulation.laws import Floats

MEASURES = (
    "calls", "never", "mean", "p50", "p75", "p90", "p95", "within", "waited", "wait", "whole",
)  # fmt: skip
"""By group: calls a year; the part that nobody ever came to; seconds until somebody was there, on
average and quantiles; the part within the promise; the part that had to wait because nobody was
free, and how long (s) on average over all; seconds until all that were wanted were there."""
QUANTILES = tuple(range(5, 100, 5))
"""Of the curve of responses, in per cent."""
OF_UNITS = ("busy", "calls")
"""Of each unit: the part of its duty that it was busy; how many calls it went to a year."""
OF_STOPS = ("planned", "spent", "visits")
"""Of each stop: hours a year that the unit would be there if nobody called, that it was there, and
how many visits."""
OF_QUEUE = ("waiting", "longest")
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Shape:
    """What the rows of a tally stand for."""

    priorities: tuple[int, ...]
    areas: tuple[str, ...]
    units: tuple[str, ...]
    stops: tuple[tuple[str, int], ...]

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Area ("": all) and priority (0: all) of each row."""
        return [(area, one) for area in ("", *self.areas) for one in (0, *self.priorities)]

    def row(self, area: str = "", priority: int = 0) -> int:
        """The number of a group's row. Raises ValueError where there is none."""
        return self.groups.index((area, priority))


def shape_of(scenario: Scenario) -> Shape:
    """Of whatever this scenario comes to."""
    stops = [(unit.code, stop.node) for unit in scenario.units for stop in unit.route]
    units = tuple(unit.code for unit in scenario.units)
    return Shape(scenario.priorities, scenario.county.areas, units, tuple(stops))


@dataclass(frozen=True)
class Tally:
    """One repeat. NaN where nothing was to be measured."""

    groups: Floats
    curves: Floats
    """By priority, all first: the quantiles of responses (s)."""
    units: Floats
    stops: Floats
    queue: Floats

    def as_lists(self) -> dict[str, list[list[float | None]]]:
        """For a file."""
        return {
            key: [[None if np.isnan(one) else float(f"{one:.7g}") for one in row] for row in rows]
            for key, rows in vars(self).items()
        }

    @staticmethod
    def of_lists(lists: dict[str, list[list[float | None]]]) -> Tally:
        """As it was written."""
        widths = {"groups": len(MEASURES), "curves": len(QUANTILES), "units": len(OF_UNITS),
                  "stops": len(OF_STOPS), "queue": len(OF_QUEUE)}  # fmt: skip
        return Tally(**{
            key: np.array(lists[key], np.float64).reshape(-1, wide) for key, wide in widths.items()
        })  # fmt: skip


def tally(scenario: Scenario, calls: Drawn, ran: Ran, planned: Floats) -> Tally:
    """``planned``: seconds that each stop would have had if nobody had called."""
    begin, end = ran.begin, ran.end
    years = (end - begin) / YEAR
    priority = np.array([one.priority for one in scenario.calls], np.int64)[calls.sort]
    area = np.array(scenario.county.area_of, np.int64)[calls.node]
    counted = (calls.at >= begin) & (calls.at < end)
    promise = np.array([scenario.promise.get(n, np.inf) for n in range(10)])[priority]
    groups, curves = [], []
    for nth, chosen in enumerate(_chosen(scenario, area, priority, counted)):
        groups.append(_group(ran, promise, chosen, years))
        if nth <= len(scenario.priorities):
            curves.append(_quantiles(ran.response[chosen], QUANTILES))
    stops = np.stack([planned / HOUR, ran.dwelt / HOUR, ran.visits], axis=1)
    queue = [ran.queued / (end - begin), ran.longest]
    return Tally(
        np.array(groups).reshape(-1, len(MEASURES)), np.array(curves), _units(scenario, ran),
        stops / years, np.array([queue]),
    )  # fmt: skip


def _chosen(
    scenario: Scenario, area: NDArray[np.int64], priority: NDArray[np.int64], counted: Flags
) -> Iterator[Flags]:
    """Which calls belong to each group, in the order of `Shape.groups`."""
    of_priority = [counted, *(counted & (priority == one) for one in scenario.priorities)]
    yield from of_priority
    for number in range(len(scenario.county.areas)):
        there = area == number
        yield from (there & one for one in of_priority)


def _group(ran: Ran, promise: Floats, chosen: Flags, years: float) -> list[float]:
    many = int(chosen.sum())
    response, wait = ran.response[chosen], ran.wait[chosen]
    reached, needed = np.isfinite(response), ran.cancelled[chosen] == 0
    asked = int((reached | needed).sum())
    if not asked:
        return [many / years, *[np.nan] * (len(MEASURES) - 1)]
    whole = ran.whole[chosen][reached & (ran.missing[chosen] == 0)]
    waits = np.where(np.isfinite(wait), wait, 0.0)
    return [
        many / years, 1 - int(reached.sum()) / asked if asked else np.nan,
        *_seconds(response[reached]),
        int((response[reached] <= promise[chosen][reached]).sum()) / asked,
        float((~(wait <= 0)).mean()), float(waits.mean()),
        float(whole.mean()) if len(whole) else np.nan,
    ]  # fmt: skip


def _seconds(response: Floats) -> list[float]:
    if not len(response):
        return [np.nan] * 5
    return [float(response.mean()), *_quantiles(response, (50, 75, 90, 95))]


def _quantiles(seconds: Floats, per_cent: Sequence[int]) -> list[float]:
    known = seconds[np.isfinite(seconds)]
    if not len(known):
        return [np.nan] * len(per_cent)
    found: list[float] = np.quantile(known, np.array(per_cent) / 100).tolist()
    return found


def _units(scenario: Scenario, ran: Ran) -> Floats:
    begin, end = ran.begin, ran.end
    whole = len(scenario.units[0].duty) if scenario.units else 1
    hours = np.arange(int(begin // HOUR), int(end // HOUR)) % whole
    many = np.bincount(hours, minlength=whole)
    duty = np.array([many[np.array(unit.duty)].sum() * HOUR for unit in scenario.units])
    busy = np.divide(ran.busy, duty, out=np.full(len(duty), np.nan), where=duty > 0)
    return np.stack([busy, ran.went / ((end - begin) / YEAR)], axis=1).reshape(-1, len(OF_UNITS))


WARM = DAY
"""Before anything is counted, so much time (s) passes."""
