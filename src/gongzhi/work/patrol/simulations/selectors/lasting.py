"""How long things really take in this county, from what was done: only times are asked, not who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import log

import numpy as np

from gongzhi.analysis.simulation import Duration
from gongzhi.work.dispatch.models import Assignment

SOME, ENOUGH = 20, 40
"""Cases below which what is usual elsewhere is taken; and below which a category is taken together
with all others."""
USUAL_WORK = Duration.lognormal(25 * 60.0, 0.6)
USUAL_HANDLING = Duration.lognormal(90.0, 0.6)
USUAL_TURNOUT = Duration.lognormal(50.0, 0.5)
USUAL_STRETCH = Duration.lognormal(1.0, 0.3)
SHORTEST, LONGEST = 20.0, 6 * 3600.0
LATE = 0.9
"""Of handling the part that counts: what took longest waited for a unit, and that is simulated."""


@dataclass(frozen=True)
class Lasting:
    """What was learnt; `cancelled`, `handed_back`: parts of ways that ended underway."""

    turnout: Duration = USUAL_TURNOUT
    stretch: Duration = USUAL_STRETCH
    work: dict[str, Duration] = field(default_factory=dict)
    handling: dict[int, Duration] = field(default_factory=dict)
    cancelled: float = 0.0
    handed_back: float = 0.0

    def work_of(self, category: str) -> Duration:
        """At the scene."""
        return self.work.get(category, self.work.get("", USUAL_WORK))

    def handling_of(self, priority: int) -> Duration:
        """From the call until somebody is sent."""
        return self.handling.get(priority, self.handling.get(0, USUAL_HANDLING))


@dataclass(frozen=True)
class _Way:
    """One assignment's times (s); None: not said."""

    matter: int
    category: str
    priority: int
    handling: float
    turnout: float | None
    expected: float | None
    took: float | None
    work: float | None
    recalled: bool


def lasting_of(since: datetime) -> Lasting:
    """From the county's own assignments."""
    ways = _ways(since)
    if len(ways) < SOME:
        return Lasting()
    broken = [one for one in ways if one.recalled and one.took is None]
    came = {one.matter for one in ways if one.took is not None}
    back = sum(one.matter in came for one in broken)
    ratios = [
        one.took / one.expected for one in ways
        if one.took and one.expected and SHORTEST < one.took < LONGEST and one.expected > SHORTEST
    ]  # fmt: skip
    firsts = {one.matter: one for one in reversed(ways)}.values()
    return Lasting(
        turnout=_usual([one.turnout for one in ways], USUAL_TURNOUT),
        stretch=_stretch(ratios),
        work=_by({"": ways} | _grouped(ways)),
        handling=_handling(list(firsts)),
        cancelled=min((len(broken) - back) / len(ways), 0.5),
        handed_back=min(back / len(ways), 0.3),
    )


def _ways(since: datetime) -> list[_Way]:
    rows = Assignment.objects.filter(
        assigned_at__gte=since, unit__county__isnull=True, matter__procedure="incident",
        matter__county__isnull=True,
    ).order_by("assigned_at")  # fmt: skip
    told = rows.values_list(
        "matter_id", "matter__category", "matter__priority", "matter__opened_at", "assigned_at",
        "en_route_at", "expected_at", "on_scene_at", "cleared_at", "recalled_at",
    )  # fmt: skip
    return [
        _Way(
            matter, category, priority, _seconds(opened, assigned) or 0.0,
            _seconds(assigned, left), _seconds(left, expected), _seconds(left, there),
            _seconds(there, cleared), recalled is not None,
        )
        for matter, category, priority, opened, assigned, left, expected, there, cleared, recalled
        in told
    ]  # fmt: skip


def _seconds(begin: datetime | None, end: datetime | None) -> float | None:
    return (end - begin).total_seconds() if begin and end else None


def _grouped(ways: Sequence[_Way]) -> dict[str, list[_Way]]:
    found: dict[str, list[_Way]] = defaultdict(list)
    for one in ways:
        found[one.category].append(one)
    return {key: ones for key, ones in found.items() if len(ones) >= ENOUGH}


def _by(groups: dict[str, Sequence[_Way]] | dict[str, list[_Way]]) -> dict[str, Duration]:
    return {key: _usual([one.work for one in ones], USUAL_WORK) for key, ones in groups.items()}


def _handling(firsts: Sequence[_Way]) -> dict[int, Duration]:
    found = {0: _early([one.handling for one in firsts])}
    for priority in range(1, 5):
        mine = [one.handling for one in firsts if one.priority == priority]
        if len(mine) >= ENOUGH:
            found[priority] = _early(mine)
    return found


def _early(seconds: Sequence[float]) -> Duration:
    if len(seconds) < SOME:
        return USUAL_HANDLING
    return _usual([one for one in seconds if one <= np.quantile(seconds, LATE)], USUAL_HANDLING)


def _usual(seconds: Sequence[float | None], otherwise: Duration) -> Duration:
    known = [one for one in seconds if one is not None and 0 <= one <= LONGEST]
    return Duration.of(known) if len(known) >= SOME else otherwise


def _stretch(ratios: Sequence[float]) -> Duration:
    """A lognormal by median and quartiles: what was wildly off is a button, not a way."""
    if len(ratios) < ENOUGH:
        return USUAL_STRETCH
    low, middle, high = np.quantile(np.log(ratios), [0.25, 0.5, 0.75])
    return Duration.lognormal(float(np.exp(np.clip(middle, log(0.3), log(4)))),
                              float(np.clip((high - low) / 1.349, 0.05, 0.8)))  # fmt: skip
