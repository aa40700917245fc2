"""What a plan does to cover, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.work.dispatch.selectors.ground import promise
from gongzhi.work.patrol.plans.covering import Hour, by_hour
from gongzhi.work.patrol.plans.models import Plan, Stop

MUCH = 5
"""Percentage points of an hour's calls, the loss of which is pointed out."""


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
class PlanCover:
    """Hour by hour, and the mean of the shift (per cent); the promise in minutes."""

    hours: Sequence[Drawn]
    posts: int
    plan: int
    minutes: int

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
    return PlanCover(drawn, means[0], means[1], round(promise().whole / 60))
