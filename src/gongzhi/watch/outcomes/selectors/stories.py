"""A measure's weeks, judged: what it stands at, between which bounds, and whether it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from gongzhi.analysis.outcomes import (
    Chart,
    Point,
    Signal,
    chart,
    mean_interval,
    median_interval,
    rate_interval,
    share_interval,
)
from gongzhi.analysis.outcomes.charts import Kind
from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.catalogue.kinds.measure_formulas import FORMULAS, PER, Counted
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.outcomes.selectors.figures import (
    Row,
    by_week,
    residents_of,
    rows_of,
    span_of,
    thinned,
    together,
)
from gongzhi.watch.outcomes.selectors.weeks import whole_weeks

LATELY = (4, 13, 26, 52)
"""Weeks that the number in front is made of: one alone says little. The fewest that are enough."""
FEWEST_VALUES = 5
"""Of fewer times a week's median or mean is no point of a chart."""
CHARTS: dict[str, Kind] = {
    "share": "share", "within": "share", "per_thousand": "rate", "number": "rate",
    "median": "single", "mean": "single",
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """One measure, in the whole county or in a town or unit. ``value`` is of the last ``back``
    weeks, None for too few; ``points`` are the weeks' own."""

    measure: Measure
    weeks: Sequence[date]
    counted: Sequence[Counted]
    points: Sequence[float | None]
    chart: Chart
    back: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def signal(self) -> Signal | None:
        """What is said of the last week, if a rule says anything."""
        return self.chart.last(len(self.points))

    @property
    def good(self) -> bool | None:
        """Whether a change is to the good; None without a change, or where neither side is."""
        if self.signal is None or self.measure.better == "neither":
            return None
        return (self.signal.side == "above") == (self.measure.better == "up")


def stories(measures: Sequence[Measure], *, public: bool, weeks: Sequence[date]) -> list[Story]:
    """Each of these measures for the whole county. One query."""
    if not weeks:
        return [empty_story(one) for one in measures]
    rows = rows_of([one.code for one in measures], *span_of(weeks))
    return [story_of(one, rows.get(one.code, []), weeks, public=public) for one in measures]


def shown_measures(*, public: bool) -> list[Measure]:
    """Those that this reader sees, with what isn't measured yet, in the catalogue's order."""
    every = catalogue().measures.values()
    return [one for one in every if not public or one.audience == "public" or not one.measured]


def story_of(
    measure: Measure, rows: Sequence[Row], weeks: Sequence[date], *, public: bool, town: str = ""
) -> Story:
    """Of these rows; for everybody they are thinned first."""
    told = thinned(rows, measure) if public else list(rows)
    told = [row for row in told if not town or row.town == town]
    weeks = _since_it_began(weeks, rows)
    counted = by_week(told, weeks, town=town)
    points = [_point(measure, one, public=public) for one in counted]
    judged = chart(points, CHARTS[measure.formula]) if points else _nothing()
    front = _front(measure, counted)
    return Story(measure, weeks, counted, [one.value for one in points], judged, *front)


def _since_it_began(weeks: Sequence[date], rows: Sequence[Row]) -> Sequence[date]:
    """Before the first fact there was nothing to count, which is not the same as none; the week
    in which it began is no whole one."""
    first = min((row.day for row in rows), default=None)
    return () if first is None else [one for one in weeks if one >= first]


def _front(
    measure: Measure, counted: Sequence[Counted]
) -> tuple[int, float | None, float | None, float | None]:
    """The number in front: of how many weeks, its value and bounds."""
    for back in LATELY:
        late = counted[-back:]
        if late:
            value, low, high = valued(measure, sum(late[1:], late[0]), weeks=len(late))
            if value is not None or len(late) < back:
                return len(late), value, low, high
    return len(counted), None, None, None


def empty_story(measure: Measure) -> Story:
    """Nothing was counted yet, or it isn't measured."""
    return Story(measure, (), (), (), _nothing(), 0, None, None, None)


def _nothing() -> Chart:
    return Chart(None, (), (), 0, ())


def valued(
    measure: Measure, told: Counted, *, weeks: int = 1
) -> tuple[float | None, float | None, float | None]:
    """The number and its bounds; None where it is of fewer than the measure asks for. Rates are
    told a week."""
    formula = measure.formula
    if formula in ("per_thousand", "number"):
        per = told.residents / PER if formula == "per_thousand" else 1.0
        if not per or not weeks:
            return None, None, None
        low, high = rate_interval(told.n, per * weeks)
        return told.n / (per * weeks), low, high
    value = FORMULAS[formula](told)
    if value is None or told.of < measure.least:
        return None, None, None
    if formula in ("share", "within"):
        return value, *share_interval(told.n, told.of)
    low, high = (median_interval if formula == "median" else mean_interval)(told.values)
    return value, max(low, 0.0), None if high == inf else high


def _point(measure: Measure, told: Counted, *, public: bool) -> Point:
    """A week as the chart takes it; nothing (of 0) where there was too little to tell."""
    if measure.formula == "per_thousand":
        return Point(told.n, told.residents / PER)
    if measure.formula == "number":
        return Point(told.n, 1.0)
    if public and told.of < measure.least:
        return Point(0.0, 0.0)
    if CHARTS[measure.formula] == "share":
        return Point(told.n, told.of)
    value = FORMULAS[measure.formula](told)
    if value is None or len(told.values) < FEWEST_VALUES:
        return Point(0.0, 0.0)
    return Point(value, 1.0)


def one_story(measure: Measure, *, public: bool, town: str = "", unit: int | None = None) -> Story:
    """One measure in the county, a town or a unit. Three queries."""
    weeks = whole_weeks()
    if not weeks or not measure.measured:
        return empty_story(measure)
    rows = rows_of([measure.code], *span_of(weeks)).get(measure.code, [])
    if unit is not None:
        rows = [row for row in rows if row.unit == unit]
    return story_of(measure, rows, weeks, public=public, town=town)


__all__ = [
    "LATELY", "Story", "empty_story", "one_story", "residents_of", "shown_measures", "stories",
    "story_of", "together", "valued",
]  # fmt: skip
