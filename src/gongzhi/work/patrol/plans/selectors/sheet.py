"""A plan as it is reckoned with: its units' runs from a moment on, and its stops as visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gongzhi.base.places.coordinates import Point
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Rest, Stop
from gongzhi.work.patrol.plans.routing import Pause, Run, Seconds, Times, Visit
from gongzhi.work.patrol.plans.states import OPEN, StopState
from gongzhi.work.patrol.plans.ways import ways_between

GONE = (StopState.THERE, StopState.DONE)


@dataclass(frozen=True)
class Timing:
    """A stop of a run, and when."""

    stop: Stop
    place: int
    arrives: datetime
    leaves: datetime


@dataclass(frozen=True)
class Timings:
    """What comes of a run: its stops, and when its breaks begin (None: no time for them)."""

    stops: tuple[Timing, ...] = ()
    rests: tuple[tuple[Rest, datetime | None], ...] = ()


class Sheet:
    """Read once, for one change. ``at``: from when on there is anything to change; None before
    the shift begins."""

    def __init__(self, plan: Plan, at: datetime | None = None) -> None:
        self.plan = plan
        self.at = at if at is not None and at > plan.begins_at else None
        self.crews = list(plan.units.select_related("unit__station").order_by("unit__code"))
        self.stops = list(plan.stops.select_related("node").order_by("place", "pk"))
        self.by_node: dict[int, list[Stop]] = defaultdict(list)
        for one in self.stops:
            self.by_node[one.node_id].append(one)
        rests = Rest.objects.filter(crew__plan=plan).order_by("latest_at", "pk")
        self.rests = list(rests)
        points = [post_of(one) for one in self.crews] + [one.node.point for one in self.stops]
        middle = plan.begins_at + (plan.ends_at - plan.begins_at) / 2
        self.ways = ways_between(points, self.at or middle)

    def crew(self, key: int | None) -> PlanUnit | None:
        """The plan's unit of this id."""
        return next((one for one in self.crews if one.pk == key), None)

    def stop(self, key: int) -> Stop | None:
        """The plan's stop of this id, as it is reckoned with here."""
        return next((one for one in self.stops if one.pk == key), None)

    def stops_of(self, crew: PlanUnit) -> list[Stop]:
        """Its stops to come, in order."""
        return [one for one in self.stops if one.crew_id == crew.pk and self.to_come(one)]

    def to_come(self, stop: Stop) -> bool:
        """Whether it can still be made: nobody was there, and its hours aren't over."""
        over = self.at is not None and stop.closes_at - stop.stay < self.at
        return stop.state in OPEN and not over

    def table(self, crew: PlanUnit) -> Seconds:
        """Seconds between all places for what the unit rides in."""
        return self.ways.table(crew.unit)

    def ask_ways(self) -> None:
        """Have all tables at hand, before anything is locked."""
        for crew in self.crews:
            self.table(crew)

    def run(self, crew: PlanUnit, without: Iterable[Stop] = ()) -> Run:
        """The unit's way from now on, some stops left out."""
        out = {one.pk for one in without}
        begins, spot = self._where(crew)
        home = self.ways.row(post_of(crew))
        visits = tuple(self._kept(one) for one in self.stops_of(crew) if one.pk not in out)
        pauses = tuple(map(self._pause, self.rests_of(crew)))
        return Run(crew.pk, spot, home, begins, self.seconds(crew.ends_at), visits, pauses)

    def rests_of(self, crew: PlanUnit) -> list[Rest]:
        """Its breaks to come, in order; not those for which there is no time."""
        since = self.at or self.plan.begins_at
        own = [one for one in self.rests if one.crew_id == crew.pk]
        return [one for one in own if one.begins_at is not None and one.begins_at >= since]

    def put_off(self, crew: PlanUnit, since: datetime) -> None:
        """Breaks that a call came into are taken as soon as may be, later than meant if need be."""
        for one in self.rests:
            missed = one.ends_at is None or one.ends_at > since
            if one.crew_id == crew.pk and missed:
                one.begins_at = max(self.at or since, one.earliest_at)

    def _pause(self, rest: Rest) -> Pause:
        begins = rest.begins_at or rest.earliest_at
        opens = max(self.seconds(rest.earliest_at), self.seconds(self.at) if self.at else 0.0)
        closes = max(self.seconds(rest.latest_at), self.seconds(begins))
        if self.at is not None and begins >= rest.latest_at:  # put off by a call already
            closes = self.seconds(self.plan.ends_at) - rest.minutes * 60.0
        return Pause(rest.pk, opens, closes, rest.minutes * 60.0, self.seconds(begins))

    def visit(self, stop: Stop) -> Visit:
        """The stop as something to be fitted in; what is over of its hours is over."""
        return Visit(
            stop.pk, self.ways.row(stop.node.point), self.seconds(stop.opens_at),
            self.seconds(stop.closes_at), stop.minutes * 60.0, self._near(stop),
        )  # fmt: skip

    def _kept(self, stop: Stop) -> Visit:
        """A stop of the plan as it stands: not earlier than planned, so that a change elsewhere
        moves nobody's times without need."""
        visit = self.visit(stop)
        if stop.arrives_at is None:
            return visit
        return replace(visit, opens=max(visit.opens, self.seconds(stop.arrives_at)))

    def timings(self, run: Run, times: Times) -> Timings:
        """What the run makes of its stops and breaks."""
        before = sum(one.crew_id == run.key and not self.to_come(one) for one in self.stops)
        visits = enumerate(zip(run.visits, times.visits, strict=True))
        begins = dict(zip((one.key for one in run.pauses), times.pauses, strict=True))
        return Timings(
            tuple(
                Timing(stop, before + n, self.moment(arrives), self.moment(leaves))
                for n, (visit, (arrives, leaves)) in visits
                if (stop := self.stop(visit.key)) is not None
            ),
            tuple((one, self.moment(begins[one.pk])) for one in self.rests if one.pk in begins),
        )

    def fits(self, crew: PlanUnit, stop: Stop) -> bool:
        """Whether what the unit rides in does for the node."""
        kind = stop.node.kind
        return kind is None or crew.unit.kind in kind.modes

    def seconds(self, moment: datetime) -> float:
        """From the plan's beginning."""
        return (moment - self.plan.begins_at).total_seconds()

    def moment(self, seconds: float) -> datetime:
        """The moment so many seconds after the plan's beginning, to the second."""
        return self.plan.begins_at + timedelta(seconds=round(seconds))

    def _where(self, crew: PlanUnit) -> tuple[float, int]:
        """When the unit is free to go on, and from which row: the place it was at last by the
        plan, else its post. Where its phone says that it is, nobody asks."""
        begins, home = self.seconds(crew.begins_at), self.ways.row(post_of(crew))
        if self.at is None:
            return begins, home
        been = [one for one in self.stops if one.crew_id == crew.pk and one.state in GONE]
        free = max(begins, self.seconds(self.at), *self._resting(crew))
        if not been:
            return free, home
        last = max(been, key=lambda one: (one.there_at or one.plan.begins_at, one.pk))
        if last.state == StopState.THERE and last.there_at is not None:
            free = max(free, self.seconds(last.there_at) + last.minutes * 60.0)
        return free, self.ways.row(last.node.point)

    def _resting(self, crew: PlanUnit) -> list[float]:
        """When the break ends in which it is."""
        own = [one for one in self.rests if one.crew_id == crew.pk and not crew.away]
        return [
            self.seconds(one.ends_at) for one in own
            if one.begins_at and one.ends_at and self.at and one.begins_at < self.at < one.ends_at
        ]  # fmt: skip

    def _near(self, stop: Stop) -> tuple[tuple[float, float], ...]:
        kind = stop.node.kind
        pause = (kind.apart if kind else 0) * 60.0
        spans = []
        for other in self.by_node[stop.node_id]:
            if other.pk == stop.pk:
                continue
            since, until = other.there_at or other.arrives_at, other.left_at or other.leaves_at
            if since is not None and until is not None:
                spans.append((self.seconds(since) - pause, self.seconds(until) + pause))
        return tuple(spans)


def post_of(crew: PlanUnit) -> Point:
    """Where the unit sets out and ends."""
    return Point(crew.post_lat, crew.post_lon)
