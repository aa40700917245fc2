"""A good roster in the time given: teams one after another, then small parts again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gongzhi.analysis.roster.problem import Problem, Roster
from gongzhi.analysis.roster.searching import Search


@dataclass(frozen=True)
class Progress:
    """How far it is: after so many `seconds`, a roster of this cost; None: none yet that holds."""

    seconds: float
    cost: int | None
    bound: int
    roster: Roster = field(repr=False)


@dataclass(frozen=True)
class Result:
    """``roster`` is the best found; it `holds` unless ``possible`` is no. ``bound``: no roster
    costs less. ``first``: seconds to the first that holds, None where there is none.

    ``possible``: None where time ran out before it was known.
    """

    roster: Roster = field(repr=False)
    cost: int | None
    bound: int
    possible: bool | None
    seconds: float
    first: float | None

    @property
    def gap(self) -> float | None:
        """The part of the cost that a better roster could save at most."""
        if self.cost is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    limit: float = 60.0,
    workers: int = 8,
    threads: int = 2,
    start: Roster | None = None,
    told: Callable[[Progress], bool] | None = None,
) -> Result:
    """A roster that `violations` finds nothing hard in, after `limit` seconds or a little more.

    ``start``: a roster to go on from. ``told`` hears of each step, and says whether to go on. What
    can't be met at all has ``possible`` False: `explain` says why. ``workers``: of CP-SAT for a
    whole team; ``threads``: small parts at a time, one for each core.
    """
    search = Search(problem, seed, limit, workers, threads)
    if told is not None:
        search.listen(lambda s: told(Progress(s.spent(), s.cost(), s.bound(), dict(s.roster))))
    search.run(start)
    possible = True if search.first is not None else False if search.impossible else None
    return Result(
        dict(search.roster), search.cost(), search.bound(), possible, search.spent(), search.first
    )
