"""What the desk must not overlook: calls for help, and crews that don't answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gongzhi.analysis.dispatching import Need, solve
from gongzhi.base.log.actions import now
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.work.crews.models import Emergency, Watch
from gongzhi.work.crews.states import Level, Reason
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.pace import there_in
from gongzhi.work.dispatch.selectors.queue import place_of
from gongzhi.work.dispatch.selectors.units import options_of, spots_of
from gongzhi.work.dispatch.states import Status

NEAREST = 3
_OPEN = Q(assignment__cleared_at__isnull=True, assignment__recalled_at__isnull=True)


@dataclass(frozen=True)
class Near:
    """A unit near a call for help: how far (m) and how long (s) its way is, and what it does.
    Without ``eta`` no way leads there, and it is as the crow flies."""

    name: str
    metres: float
    status: str
    free: bool
    eta: int | None = None


@dataclass(frozen=True)
class Help:
    """A call for help as the desk sees it."""

    id: int
    unit_id: int
    unit: str
    crew: Sequence[str]
    raised_at: datetime
    place: str
    seen_at: datetime | None
    task: str
    task_id: int | None
    acknowledged_by: str
    unanswered: bool
    near: Sequence[Near]


@dataclass(frozen=True)
class Silent:
    """A crew that has not answered in time."""

    assignment: int
    unit: str
    unit_id: int
    task: str
    task_id: int
    place: str
    due_at: datetime
    grave: bool


@dataclass(frozen=True)
class Alarms:
    """Everything of it."""

    helps: Sequence[Help]
    silent: Sequence[Silent]
    reasons: Sequence[tuple[str, str]] = ()

    @property
    def wanting(self) -> int:
        """How many nobody has taken up."""
        return sum(not one.acknowledged_by for one in self.helps)


def watches() -> QuerySet[Watch]:
    """Of crews that are still at their scene."""
    return Watch.objects.filter(_OPEN)


def late_at(at: datetime) -> QuerySet[Watch]:
    """Of crews whose answer is overdue; those already called grave need no second word."""
    return watches().filter(due_at__lt=at).exclude(level=Level.GRAVE).order_by("due_at")


def alarms() -> Alarms:
    """Calls for help, the first one first, then crews that don't answer, by how long."""
    rows = Emergency.objects.filter(stood_down_at__isnull=True).order_by("raised_at")
    raised = list(rows.select_related("unit__station", "matter__narrative", "acknowledged_by"))
    units = _placed() if raised else []
    silent = watches().filter(due_at__lt=now()).exclude(level=Level.QUIET)
    silent = silent.select_related("assignment__unit", "assignment__matter__narrative")
    return Alarms(
        helps=[_help(one, units) for one in raised],
        silent=[_silent(one) for one in silent.order_by("due_at")],
        reasons=[(str(code), str(words)) for code, words in Reason.choices],
    )


def open_emergency_of(unit: ResponseUnit) -> Emergency | None:
    """The unit's call for help that nobody has stood down."""
    rows = Emergency.objects.filter(unit=unit, stood_down_at__isnull=True)
    return rows.select_related("acknowledged_by").first()


def _placed() -> list[ResponseUnit]:
    on_duty = ResponseUnit.objects.exclude(status=Status.OFF_DUTY)
    return list(on_duty.filter(lat__isnull=False).select_related("station"))


def _help(one: Emergency, units: Sequence[ResponseUnit]) -> Help:
    unit, matter = one.unit, one.matter
    members = unit.members.filter(ended_at__isnull=True).select_related("account")
    return Help(
        id=one.pk,
        unit_id=unit.pk,
        unit=str(unit),
        crew=[str(each.account) for each in members],
        raised_at=one.raised_at,
        place=_where(unit),
        seen_at=unit.seen_at,
        task=f"{matter.title} · {place_of(matter)}" if matter else "",
        task_id=matter.pk if matter else None,
        acknowledged_by=str(one.acknowledged_by or ""),
        unanswered=one.unanswered_at is not None,
        near=_near(unit, units),
    )


def _where(unit: ResponseUnit) -> str:
    if unit.point is None:
        return ""
    town = area_of(unit.point, "town")
    named = str(town) if town else _("海上")
    return f"{named} {unit.point.lat:.5f}, {unit.point.lon:.5f}"


def _near(unit: ResponseUnit, units: Sequence[ResponseUnit]) -> list[Near]:
    """Who is there first by road, ferry or water; where nobody can get there, who is nearest."""
    here, others = unit.point, {one.pk: one for one in units if one.pk != unit.pk}
    if here is None or not others:
        return []
    need = Need(spots_of([here])[0], priority=1, hour=localtime().hour)
    options = options_of(others.values(), None)
    found = solve(need, options, router=router(), limit=NEAREST)
    if not found:
        return _nearest(here, others.values())
    return [
        _shown(others[one.key], round(one.trip.metres), there_in(one.trip.seconds, 1))
        for one in found
    ]


def _nearest(here: Point, units: Iterable[ResponseUnit]) -> list[Near]:
    by_metres = [(metres_between(here, one.point), one) for one in units if one.point is not None]
    by_metres.sort(key=lambda pair: (pair[0], pair[1].pk))
    return [_shown(one, metres, None) for metres, one in by_metres[:NEAREST]]


def _shown(unit: ResponseUnit, metres: float, eta: int | None) -> Near:
    return Near(str(unit), metres, unit.status_words, unit.status == Status.FREE, eta)


def _silent(watch: Watch) -> Silent:
    on = watch.assignment
    return Silent(
        assignment=on.pk,
        unit=str(on.unit),
        unit_id=on.unit_id,
        task=on.matter.title,
        task_id=on.matter_id,
        place=place_of(on.matter),
        due_at=watch.due_at,
        grave=watch.level == Level.GRAVE,
    )
