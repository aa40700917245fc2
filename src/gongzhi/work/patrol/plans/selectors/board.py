"""A plan as its page shows it: a line of time for each unit, and what is left out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Rest, Stop
from gongzhi.work.patrol.plans.selectors.shifts import Shift
from gongzhi.work.patrol.plans.states import Away, Idle, LeftOut, PlanState, StopState

WIDTH = 100
"""Of the drawing of a unit's time: per cent."""
LATE = timedelta(minutes=10)
"""So long after the planned time a stop that nobody has told of is said to be late."""
GIVEN_UP = _lazy("它的停留都给了别的单位，或者去掉了")
MARKED = {StopState.DONE: "done", StopState.THERE: "there", StopState.SKIPPED: "skipped"}


@dataclass(frozen=True)
class Bar:
    """A visit in the drawing. ``tone``: planned, there, done, skipped, late or missed."""

    x: float
    width: float
    tone: str


@dataclass(frozen=True)
class Row:
    """A stop of a unit. ``late``: minutes behind the plan; ``said``: what came of it, in words."""

    stop: Stop
    number: int
    tone: str
    late: int
    said: str
    rests: list[Rest] = field(default_factory=list)
    """Breaks before it."""


@dataclass
class Line:
    """A unit: its stops in order, and how they are drawn."""

    crew: PlanUnit
    icon: str
    rows: list[Row] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    told: list[Bar] = field(default_factory=list)
    """When it was there, by what it told."""
    breaks: list[Bar] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    """Breaks after its last stop, and those for which there is no time."""
    out: Bar | None = None
    """The part of the shift in which it is not on duty at all."""

    @property
    def away(self) -> str:
        """Why it doesn't patrol now, in words; "" while it does."""
        return str(Away(self.crew.away).label) if self.crew.away else ""

    @property
    def idle(self) -> str:
        """Why it has no stop, in words."""
        return str(Idle(self.crew.idle).label) if self.crew.idle else str(GIVEN_UP)

    @property
    def minutes(self) -> int:
        """Planned to be spent at nodes."""
        return sum(row.stop.minutes for row in self.rows)

    @property
    def late(self) -> int:
        """How far it is behind now (minutes)."""
        return max((row.late for row in self.rows), default=0)

    @property
    def done(self) -> int:
        """Stops that it has been to."""
        return sum(row.tone in ("done", "there") for row in self.rows)


@dataclass(frozen=True)
class Left:
    """Why some visits are left out, and which."""

    why: str
    words: str
    stops: list[Stop]


@dataclass(frozen=True)
class Sum:
    """The whole plan in numbers. Minutes are of presence at nodes."""

    wanted: int
    planned: int
    done: int
    minutes_wanted: int
    minutes_planned: int
    minutes_done: int

    @property
    def left(self) -> int:
        """How many wanted visits nobody makes."""
        return self.wanted - self.planned


def plan_called(key: int) -> Plan:
    """The plan of this id. Refuses (404) what is none."""
    found = Plan.objects.select_related("made_by", "published_by").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个巡逻方案，可能已经重新做过。"), code="no_such_plan", status=404)
    return found


def plans_of(shift: Shift) -> tuple[Plan | None, Plan | None]:
    """The published plan of a shift, and the proposal for it. One query."""
    states = (PlanState.PUBLISHED, PlanState.PROPOSED)
    rows = Plan.objects.filter(begins_at=shift.begins, ends_at=shift.ends, state__in=states)
    found = {one.state: one for one in rows.select_related("made_by", "published_by")}
    return found.get(PlanState.PUBLISHED), found.get(PlanState.PROPOSED)


def stop_called(key: int) -> Stop:
    """The stop of this id. Refuses (404) what is none."""
    rows = Stop.objects.select_related("plan", "node", "crew__unit")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这次停留，方案可能已经重新做过。"), code="no_such_stop", status=404)
    return found


def stops_of(plan: Plan) -> list[Stop]:
    """All of its stops, in the order of the units' ways. One query."""
    return list(plan.stops.select_related("node").order_by("place", "opens_at", "pk"))


def lines(plan: Plan, stops: Iterable[Stop], at: datetime) -> list[Line]:
    """A line for each unit, by code. Two queries."""
    crews = plan.units.select_related("unit").order_by("unit__code")
    found = {one.pk: _line(plan, one) for one in crews}
    listed = list(stops)
    reached: dict[int, int] = {}
    for stop in listed:
        if stop.crew_id is not None and stop.there_at is not None:
            reached[stop.crew_id] = max(stop.place, reached.get(stop.crew_id, 0))
    for stop in listed:
        if stop.crew_id is not None and stop.crew_id in found:
            passed = stop.place < reached.get(stop.crew_id, 0)
            _add(found[stop.crew_id], plan, stop, at, passed=passed)
    for rest in Rest.objects.filter(crew__plan=plan).order_by("begins_at", "latest_at"):
        _add_rest(found[rest.crew_id], plan, rest)
    return list(found.values())


def left_out(stops: Iterable[Stop]) -> list[Left]:
    """What nobody makes, by reason, the gravest nodes first."""
    by_why: dict[str, list[Stop]] = {}
    for one in stops:
        if one.left_out:
            by_why.setdefault(one.left_out, []).append(one)
    order = list(LeftOut)
    return [
        Left(why, str(LeftOut(why).label), sorted(rows, key=_gravest))
        for why, rows in sorted(by_why.items(), key=lambda pair: order.index(LeftOut(pair[0])))
    ]


def sum_of(stops: Sequence[Stop], at: datetime) -> Sum:
    """What is wanted, planned and done. What a person took out isn't wanted."""
    wanted = [one for one in stops if one.left_out != LeftOut.TAKEN_OUT]
    planned = [one for one in wanted if not one.left_out]
    done = [one for one in planned if one.state in (StopState.DONE, StopState.THERE)]
    return Sum(
        len(wanted), len(planned), len(done), sum(one.minutes for one in wanted),
        sum(one.minutes for one in planned), round(sum(one.minutes_there(at) for one in done)),
    )  # fmt: skip


def hours_drawn(plan: Plan) -> list[tuple[float, str]]:
    """Where the full hours stand in the drawing: every two, or every one of a short shift."""
    step = 2 if plan.ends_at - plan.begins_at > timedelta(hours=8) else 1
    first = timezone.localtime(plan.begins_at).replace(minute=0, second=0, microsecond=0)
    moments = [first + timedelta(hours=n) for n in range(0, 26, step)]
    return [
        (_x(plan, one), f"{timezone.localtime(one):%H:%M}")
        for one in moments
        if plan.begins_at <= one < plan.ends_at
    ]


def now_drawn(plan: Plan, at: datetime) -> float | None:
    """Where the present moment stands in the drawing; None outside the shift."""
    return _x(plan, at) if plan.begins_at <= at < plan.ends_at else None


def _line(plan: Plan, crew: PlanUnit) -> Line:
    kind = crew.unit.kind
    line = Line(crew, "car" if kind in ("traffic_car", "other") else kind)
    if crew.begins_at > plan.begins_at:
        line.out = Bar(0, _x(plan, crew.begins_at), "out")
    elif crew.ends_at < plan.ends_at:
        x = _x(plan, crew.ends_at)
        line.out = Bar(x, round(WIDTH - x, 2), "out")
    return line


def _add(line: Line, plan: Plan, stop: Stop, at: datetime, *, passed: bool) -> None:
    """``passed``: the unit was at a later one of its stops, and never here."""
    behind = stop.late_by(at) if plan.state == PlanState.PUBLISHED else timedelta()
    missed = behind > timedelta() and stop.closes_at - stop.stay < at
    tone = MARKED.get(StopState(stop.state)) or (
        "missed" if missed or (passed and behind > LATE) else "late" if behind > LATE else "planned"
    )
    late = round(behind / timedelta(minutes=1)) if tone == "late" else 0
    line.rows.append(Row(stop, len(line.rows) + 1, tone, late, _said(stop, tone, late, at)))
    if stop.arrives_at is not None and stop.leaves_at is not None:
        line.bars.append(_bar(plan, stop.arrives_at, stop.leaves_at, tone))
    if stop.there_at is not None:
        line.told.append(_bar(plan, stop.there_at, stop.left_at or at, tone))


def _add_rest(line: Line, plan: Plan, rest: Rest) -> None:
    begins, ends = rest.begins_at, rest.ends_at
    if begins is None or ends is None:
        line.rests.append(rest)
        return
    line.breaks.append(_bar(plan, begins, ends, "break"))
    later = (row for row in line.rows if row.stop.arrives_at and row.stop.arrives_at >= begins)
    following = next(later, None)
    (line if following is None else following).rests.append(rest)


def _said(stop: Stop, tone: str, late: int, at: datetime) -> str:
    if tone == "skipped":
        return _("跳过：%(why)s") % {"why": stop.skip_words}
    if tone == "missed":
        return _("没有去")
    if tone == "late":
        return _("晚了 %(n)s 分钟") % {"n": late}
    if tone in ("done", "there"):
        there = timezone.localtime(stop.there_at)
        told = {"at": f"{there:%H:%M}", "n": round(stop.minutes_there(at))}
        words = _("%(at)s 到，停留 %(n)s 分钟") if tone == "done" else _("%(at)s 到，正在停留")
        return words % told
    return ""


def _bar(plan: Plan, since: datetime, until: datetime, tone: str) -> Bar:
    x = _x(plan, since)
    return Bar(x, max(round(_x(plan, until) - x, 2), 0.4), tone)


def _x(plan: Plan, at: datetime) -> float:
    share = (at - plan.begins_at) / (plan.ends_at - plan.begins_at)
    return round(min(max(share, 0.0), 1.0) * WIDTH, 2)


def _gravest(stop: Stop) -> tuple[int, datetime, int]:
    kind = stop.node.kind
    return -(kind.weight if kind else 0), stop.opens_at, stop.pk
