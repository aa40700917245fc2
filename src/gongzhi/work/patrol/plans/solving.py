"""Working a plan out: what nodes want in a shift, and the units that are planned for it, put into
the planner's terms (`analysis.patrol`) and back. It writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.utils import timezone

from gongzhi.analysis import patrol
from gongzhi.analysis.patrol import Problem, Reason, Trouble, Visit, Window
from gongzhi.work.dispatch.selectors.ground import county_ground
from gongzhi.work.dispatch.selectors.units import MODES
from gongzhi.work.patrol.nodes.selectors.hours import Need, needs_of_nodes
from gongzhi.work.patrol.plans.breaks import breaks_of
from gongzhi.work.patrol.plans.covering import losses
from gongzhi.work.patrol.plans.making import NO_EDITS, Edits, Key, Made, MadeRest, MadeStop
from gongzhi.work.patrol.plans.models import Stop
from gongzhi.work.patrol.plans.recent import begun_before
from gongzhi.work.patrol.plans.routing import Seconds
from gongzhi.work.patrol.plans.selectors.shifts import OnDuty, Shift, on_duty_in
from gongzhi.work.patrol.plans.states import Idle, LeftOut, PlanState
from gongzhi.work.patrol.plans.ways import Ways, ways_between

LIMIT = 5.0
"""Seconds for making a plan, where nobody says otherwise."""
FAIRNESS, VARIETY = 0.3, 0.02
"""By how much less the last visit of a town counts than its first; and what may be given up so that
nobody can foretell the plan from yesterday's."""
MOST_LOST = 0.5
"""Of an hour, that calls are expected to take from a unit at most."""
WHY = {
    Reason.NO_UNIT: LeftOut.NO_FIT, Reason.UNREACHABLE: LeftOut.UNREACHABLE,
    Reason.NO_WINDOW: LeftOut.NO_SHIFT, Reason.TOO_FAR: LeftOut.TOO_FAR,
    Reason.NO_TIME: LeftOut.NO_TIME, Reason.WORTH_LESS: LeftOut.LESS,
    Reason.NEEDED: LeftOut.NEEDED,
}  # fmt: skip
STUCK = {Trouble.NO_WAY_BACK: Idle.HOME, Trouble.NO_BREAK: Idle.BREAK}
EVEN = 6.0
"""How far work is shared (`Problem.even`): a unit with two hours of stops in a shift of twelve
leaves another quarter of an hour to one with none if that costs half an hour of way at most."""


@dataclass(frozen=True)
class Wanted:
    """Visits of one need that are alike: by any unit, or by the one that a person chose."""

    need: Need
    nths: tuple[int, ...]
    unit: int | None = None


@dataclass(frozen=True)
class Asked:
    """The planner's problem, and what its numbers stand for."""

    shift: Shift
    units: tuple[OnDuty, ...]
    wanted: tuple[Wanted, ...]
    problem: Problem
    midnight: datetime
    rests: tuple[MadeRest, ...] = ()

    def moment(self, seconds: int) -> datetime:
        """The moment so many seconds after the day's beginning."""
        return self.midnight + timedelta(seconds=seconds)


def work_out(
    shift: Shift, *, seed: int = 0, limit: float = LIMIT, rounds: int | None = None,
    edits: Edits = NO_EDITS,
) -> Made:  # fmt: skip
    """A plan for the shift, in so many seconds at most (or so many rounds). What can't be is left
    out, with the reason; nothing is refused."""
    units = tuple(on_duty_in(shift.begins, shift.ends))
    needs = needs_of_nodes(shift.begins, shift.ends)
    settled = list(_settled(needs, units, edits))
    open_ = {key_of_need(one.need, one.nth) for one in settled}
    wanted = tuple(_wanted(needs, units, edits, open_))
    asked = _asked(shift, units, wanted)
    plan = patrol.solve(asked.problem, seed=seed, limit=limit, rounds=rounds)
    stops = (*_stops(asked, plan), *settled)
    return Made(shift, units, stops, seed, tuple(_rests(asked, plan)), _idle(asked, plan))


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


def key_of_need(need: Need, nth: int) -> Key:
    """The same of a visit that is not planned yet."""
    return need.node.pk, need.begins, nth


def _settled(
    needs: Sequence[Need], units: Sequence[OnDuty], edits: Edits
) -> Iterator[MadeStop]:  # fmt: skip
    """Visits of which it is clear without looking that nobody makes them."""
    for need in needs:
        for nth in range(1, need.visits + 1):
            if key_of_need(need, nth) in edits.taken_out:
                yield MadeStop(need, nth, left_out=LeftOut.TAKEN_OUT)
            elif not need.possible:
                yield MadeStop(need, nth, left_out=LeftOut.WINDOW)
            elif not units:
                yield MadeStop(need, nth, left_out=LeftOut.NO_UNITS)


def _wanted(
    needs: Sequence[Need], units: Sequence[OnDuty], edits: Edits, settled: set[Key]
) -> Iterator[Wanted]:
    on = {one.unit.pk for one in units}
    for need in needs:
        free = []
        for nth in range(1, need.visits + 1):
            key = key_of_need(need, nth)
            unit = edits.pinned.get(key)
            if key in settled:
                continue
            if unit in on:
                yield Wanted(need, (nth,), unit)
            else:
                free.append(nth)
        if free:
            yield Wanted(need, tuple(free))


def _asked(shift: Shift, units: tuple[OnDuty, ...], wanted: tuple[Wanted, ...]) -> Asked:
    points = [one.post for one in units] + [one.need.node.point for one in wanted]
    ways = ways_between(points, shift.begins + (shift.ends - shift.begins) / 2)
    midnight = datetime.combine(shift.day, time(), timezone.get_default_timezone())
    travel: dict[str, Seconds] = {MODES[one.unit.kind]: ways.table(one.unit) for one in units}
    towns = {code: n for n, code in enumerate(sorted({one.need.node.town for one in wanted}))}
    lost = _lost(len(units))
    needs = [one.need for one in wanted]
    past = begun_before(shift) if VARIETY else {}
    spans = [(need.node.pk, timezone.localtime(need.begins).time()) for need in needs]
    rests = breaks_of(units)
    problem = Problem(
        tuple(_unit(n, one, ways, midnight, lost, rests) for n, one in enumerate(units)),
        tuple(_stop(n, one, ways, midnight, towns) for n, one in enumerate(wanted)),
        travel, FAIRNESS, VARIETY, even=EVEN,
        before={n: past[span] for n, span in enumerate(spans) if span in past},
        losses=losses(units, needs, shift.begins + (shift.ends - shift.begins) / 2),
    )  # fmt: skip
    return _possible(Asked(shift, units, wanted, problem, midnight, rests))


def _unit(
    n: int, one: OnDuty, ways: Ways, midnight: datetime, lost: tuple[float, ...],
    rests: Sequence[MadeRest],
) -> patrol.Unit:  # fmt: skip
    post = ways.row(one.post)
    shift = Window(_seconds(one.begins, midnight), _seconds(one.ends, midnight))
    breaks = tuple(
        patrol.Break(
            Window(_seconds(each.earliest, midnight), _seconds(each.latest, midnight)),
            each.minutes * 60,
        )
        for each in rests if each.crew == n
    )  # fmt: skip
    return patrol.Unit(one.unit.pk, MODES[one.unit.kind], post, post, shift, breaks, lost)


def _possible(asked: Asked) -> Asked:
    """Without the breaks that leave no shift: that there is no time for them is said, and the unit
    patrols."""
    problem = asked.problem
    units = tuple(
        replace(one, breaks=()) if patrol.trouble(problem, one) == Trouble.NO_BREAK else one
        for one in problem.units
    )  # fmt: skip
    return replace(asked, problem=replace(problem, units=units))


def _rests(asked: Asked, plan: patrol.Plan) -> Iterator[MadeRest]:
    """Each break, and when it is. Breaks of a unit come in the order of their windows."""
    begins = {
        route.unit: sorted(one.begin for one in route.rests) for route in plan.routes
    }  # fmt: skip
    for one in asked.rests:
        left = begins.get(asked.units[one.crew].unit.pk, [])
        yield replace(one, begins=asked.moment(left.pop(0)) if left else None)


def _idle(asked: Asked, plan: patrol.Plan) -> dict[int, str]:
    """Why units have no stop."""
    stuck = {one.unit: str(STUCK[one.trouble]) for one in plan.idle}
    busy = {route.unit for route in plan.routes if route.visits}
    return {
        n: stuck.get(unit.key) or str(_why_idle(asked.problem, unit))
        for n, unit in enumerate(asked.problem.units)
        if unit.key not in busy
    }


def _why_idle(problem: Problem, unit: patrol.Unit) -> Idle:
    fit = [one for one in problem.stops if one.suits(unit)]
    if not fit:
        return Idle.KIND
    way = problem.travel[unit.kind]
    there = [one for one in fit if _in_time(one, unit, float(way[unit.start, one.place]))]
    if not there:
        return Idle.FAR
    lost = [problem.losses.get((unit.key, one.key), 0.0) for one in there]
    needed = all(loss >= one.value for loss, one in zip(lost, there, strict=True))
    return Idle.NEEDED if needed else Idle.OTHERS


def _in_time(stop: patrol.Stop, unit: patrol.Unit, way: float) -> bool:
    """Whether it could be there, and back as soon as it came."""
    closes = max((one.closes for one in stop.windows), default=unit.shift.closes)
    soon = unit.shift.opens + way
    begins = max(soon, stop.windows[0].opens)
    return soon <= closes and begins + stop.dwell + way <= unit.shift.closes


def _stop(
    n: int, one: Wanted, ways: Ways, midnight: datetime, towns: Mapping[str, int]
) -> patrol.Stop:
    node, kind = one.need.node, one.need.node.kind
    stay = node.stay * 60
    last = _seconds(one.need.ends, midnight) - stay
    return patrol.Stop(
        n, ways.row(node.point), float(kind.weight if kind else 1), stay,
        (Window(_seconds(one.need.begins, midnight), last),),
        kinds=frozenset(MODES[mode] for mode in kind.modes) if kind else None,
        units=None if one.unit is None else frozenset({one.unit}), area=towns[node.town],
        visits=len(one.nths), gap=(kind.apart if kind else 0) * 60, again=0.8,
        must=one.unit is not None,
    )  # fmt: skip


def _lost(units: int) -> tuple[float, ...]:
    """The share of each hour that calls take from a unit, as they did lately; none where nobody
    knows."""
    known = county_ground()
    if known is None or not units:
        return ()
    loads = [known.loads[hour] for hour in range(24)]
    return tuple(
        min(one.calls_an_hour * one.seconds_a_call / 3600 / units, MOST_LOST) for one in loads
    )


def _stops(asked: Asked, plan: patrol.Plan) -> Iterator[MadeStop]:
    """The planner's visits as stops, each with its number; then what is left out. The time that
    calls may cost comes after a visit: it isn't said to be longer."""
    crews = {one.unit.pk: n for n, one in enumerate(asked.units)}
    by_stop: dict[int, list[tuple[Visit, int, int]]] = defaultdict(list)
    for route in plan.routes:
        for place, visit in enumerate(route.visits):
            by_stop[visit.stop].append((visit, crews[route.unit], place))
    reasons = {one.stop: one for one in plan.left_out}
    for n, one in enumerate(asked.wanted):
        made = sorted(by_stop[n], key=lambda each: each[0].begin)
        for nth, (visit, crew, place) in zip(one.nths, made, strict=False):
            yield MadeStop(
                one.need, nth, crew, place, asked.moment(visit.begin),
                asked.moment(visit.begin + one.need.node.stay * 60), pinned=one.unit is not None,
            )  # fmt: skip
        if len(made) < len(one.nths) and n in reasons:
            yield from _left(asked, one, len(made), reasons[n])


def _left(asked: Asked, one: Wanted, made: int, why: patrol.LeftOut) -> Iterator[MadeStop]:
    for nth in one.nths[made:]:
        stop = MadeStop(one.need, nth, left_out=WHY[why.reason])
        if why.instead is not None:
            stop = replace(stop, rather=asked.wanted[why.instead].need.node)
        yield stop


def _seconds(moment: datetime, midnight: datetime) -> int:
    return round((moment - midnight).total_seconds())
