"""What a plan does to cover, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.work.dispatch.selectors.ground import promise
from gongzhi.work.patrol.plans.covering import Away, Hour, away_together, by_hour
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop

MUCH = 5
"""Percentage points of an hour's calls, the loss of which is pointed out."""
NAMED = 4
"""Units that are named of those away together."""


@dataclass(frozen=True)
class Drawn:
    """An hour: its two levels in per cent, and what is lost (points; below 0: gained)."""

    hour: Hour
    posts: int
    plan: int
    lost: int

    @property
    def much(self) -> bool:
        """Whether that is pointed out."""
        return self.lost >= MUCH

    @property
    def gained(self) -> int:
        """The other way round."""
        return -self.lost


@dataclass(frozen=True)
class Together:
    """Units that are away at one moment: those that are missed most, each with what it costs by
    itself, how many in all; the sum of what each costs, and what they cost together (points)."""

    at: datetime
    units: Sequence[tuple[str, int]]
    many: int
    added: int
    lost: int


@dataclass(frozen=True)
class PlanCover:
    """Hour by hour, and the mean of the shift (per cent); the promise in minutes; who is away
    together when most is lost."""

    hours: Sequence[Drawn]
    posts: int
    plan: int
    minutes: int
    together: Together | None = None

    @property
    def worst(self) -> Drawn:
        """The hour that loses most."""
        return max(self.hours, key=lambda one: one.lost)


def cover(plan: Plan, stops: Sequence[Stop]) -> PlanCover | None:
    """By the plan beside all units at their posts; None where the county knows no ground yet, or
    the plan has no unit."""
    crews = list(plan.units.select_related("unit").order_by("unit__code"))
    hours = by_hour(plan, crews, stops)
    if not hours:
        return None
    drawn = [Drawn(one, round(100 * one.posts), round(100 * one.plan), one.lost) for one in hours]
    means = [
        round(100 * sum(part) / len(hours))
        for part in zip(*((one.posts, one.plan) for one in hours), strict=True)
    ]
    worst = max(hours, key=lambda one: one.lost)
    together = _together(away_together(plan, crews, stops, worst), crews)
    return PlanCover(drawn, means[0], means[1], round(promise().whole / 60), together)


def _together(away: Away | None, crews: Sequence[PlanUnit]) -> Together | None:
    """In whole points; None where nothing is lost by it."""
    if away is None or round(away.together) < 1:
        return None
    names = {one.unit_id: str(one.unit) for one in crews}
    missed = sorted(away.alone.items(), key=lambda one: (-one[1], names[one[0]]))
    told = [(names[key], round(lost)) for key, lost in missed[:NAMED] if round(lost) > 0]
    return Together(away.at, told, len(missed), round(away.added), round(away.together))
