"""Working a plan out: what nodes want in a shift, and the units that are planned for it, put into
the planner's terms and back. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongzhi.work.patrol.nodes.selectors.hours import Need, needs_of_nodes
from gongzhi.work.patrol.plans.making import NO_EDITS, Edits, Key, Made, MadeStop
from gongzhi.work.patrol.plans.models import Stop
from gongzhi.work.patrol.plans.routing import (
    Misfit,
    Run,
    Visit,
    best_fit,
    timed,
    why_not,
    with_visit,
)
from gongzhi.work.patrol.plans.selectors.shifts import OnDuty, Shift, on_duty_in
from gongzhi.work.patrol.plans.states import LeftOut, PlanState
from gongzhi.work.patrol.plans.ways import Ways, ways_between

LIMIT = 5.0
"""Seconds for making a plan, where nobody says otherwise."""


@dataclass(frozen=True)
class Wanted:
    """One visit that is wanted, and its number among those of the same hours."""

    need: Need
    nth: int

    @property
    def key(self) -> Key:
        """What it is called in every plan of the shift."""
        return self.need.node.pk, self.need.begins, self.nth


def work_out(shift: Shift, *, seed: int = 0, limit: float = LIMIT, edits: Edits = NO_EDITS) -> Made:
    """A plan for the shift, in so many seconds at most. What can't be is left out, with the reason;
    nothing is refused."""
    units = on_duty_in(shift.begins, shift.ends)
    wanted = [
        Wanted(need, nth)
        for need in needs_of_nodes(shift.begins, shift.ends)
        for nth in range(1, need.visits + 1)
    ]
    points = [one.post for one in units] + [one.need.node.point for one in wanted]
    ways = ways_between(points, shift.begins + (shift.ends - shift.begins) / 2)
    return _Working(shift, units, wanted, ways, edits).made(seed)


def edits_of(shift: Shift) -> Edits:
    """What people settled by hand in the proposal for this shift, or else in the plan in use."""
    rows = Stop.objects.filter(
        plan__begins_at=shift.begins, plan__ends_at=shift.ends,
        plan__state__in=(PlanState.PROPOSED, PlanState.PUBLISHED),
    ).select_related("crew", "plan")  # fmt: skip
    listed = sorted(rows, key=lambda one: one.plan.state != PlanState.PROPOSED)
    own = [one for one in listed if one.plan_id == listed[0].plan_id]
    pinned = {key_of(one): one.crew.unit_id for one in own if one.pinned and one.crew}
    out = frozenset(key_of(one) for one in own if one.left_out == LeftOut.TAKEN_OUT)
    return Edits(pinned, out)


def key_of(stop: Stop) -> Key:
    """What the stop is called in every plan of its shift."""
    return stop.node_id, stop.opens_at, stop.nth


class _Working:
    """The gravest visits first, each where it costs the least way."""

    def __init__(
        self, shift: Shift, units: Sequence[OnDuty], wanted: Sequence[Wanted], ways: Ways,
        edits: Edits,
    ) -> None:  # fmt: skip
        self.shift, self.units, self.wanted = shift, units, wanted
        self.ways, self.edits = ways, edits
        self.runs = [
            Run(n, ways.row(one.post), ways.row(one.post), self._seconds(one.begins),
                self._seconds(one.ends))
            for n, one in enumerate(units)
        ]  # fmt: skip
        self.left: dict[int, str] = {}

    def made(self, seed: int) -> Made:
        """The plan."""
        for n in self._order():
            self.left[n] = self._place(n)
        return Made(self.shift, tuple(self.units), tuple(self._stops()), seed)

    def _order(self) -> list[int]:
        def grave(n: int) -> tuple[bool, int, timedelta]:
            kind = self.wanted[n].need.node.kind
            need = self.wanted[n].need
            pinned = self.wanted[n].key in self.edits.pinned
            return not pinned, -(kind.weight if kind else 0), need.ends - need.begins

        return sorted(range(len(self.wanted)), key=grave)

    def _place(self, n: int) -> str:
        """Give the visit to a unit; why not, where none can make it."""
        one = self.wanted[n]
        if one.key in self.edits.taken_out:
            return LeftOut.TAKEN_OUT
        if not one.need.possible:
            return LeftOut.WINDOW
        if not self.units:
            return LeftOut.NO_UNITS
        fitting = [k for k in range(len(self.units)) if self._fits(k, one)]
        if not fitting:
            return LeftOut.NO_FIT
        visit = self._visit(n)
        found = [
            (fit.added, k, fit.place)
            for k in fitting
            if (fit := best_fit(self.runs[k], visit, self._table(k))) is not None
        ]
        if not found:
            runs = [(self.runs[k], self._table(k)) for k in fitting]
            return LeftOut(why_not(runs, visit))
        _added, k, place = min(found)
        self.runs[k] = with_visit(self.runs[k], visit, place)
        return ""

    def _fits(self, k: int, one: Wanted) -> bool:
        pinned = self.edits.pinned.get(one.key)
        if pinned is not None and any(each.unit.pk == pinned for each in self.units):
            return self.units[k].unit.pk == pinned
        kind = one.need.node.kind
        return kind is None or self.units[k].unit.kind in kind.modes

    def _visit(self, n: int) -> Visit:
        one = self.wanted[n]
        return Visit(
            n, self.ways.row(one.need.node.point), self._seconds(one.need.begins),
            self._seconds(one.need.ends), one.need.node.stay * 60.0, self._near(one),
        )  # fmt: skip

    def _near(self, one: Wanted) -> tuple[tuple[float, float], ...]:
        """Visits to the same node that stand already, with the pause between."""
        if one.need.visits < 2:
            return ()
        kind, found = one.need.node.kind, []
        pause = (kind.apart if kind else 0) * 60.0
        for run in self.runs:
            same = [v.key for v in run.visits if self.wanted[v.key].need.node == one.need.node]
            for visit, (since, until) in self._times(run) if same else ():
                if visit.key in same:
                    found.append((since - pause, until + pause))
        return tuple(found)

    def _times(self, run: Run) -> Iterable[tuple[Visit, tuple[float, float]]]:
        times = timed(run, self._table(run.key))
        return [] if isinstance(times, Misfit) else zip(run.visits, times, strict=True)

    def _stops(self) -> Iterable[MadeStop]:
        for run in self.runs:
            for place, (visit, (arrives, leaves)) in enumerate(self._times(run)):
                one = self.wanted[visit.key]
                yield MadeStop(
                    one.need, one.nth, run.key, place, self._moment(arrives),
                    self._moment(leaves), pinned=one.key in self.edits.pinned,
                )  # fmt: skip
        for n, why in self.left.items():
            if why:
                yield MadeStop(self.wanted[n].need, self.wanted[n].nth, left_out=why)

    def _table(self, k: int):  # type: ignore[no-untyped-def]
        return self.ways.table(self.units[k].unit)

    def _seconds(self, moment: datetime) -> float:
        return (moment - self.shift.begins).total_seconds()

    def _moment(self, seconds: float) -> datetime:
        return self.shift.begins + timedelta(seconds=round(seconds))
