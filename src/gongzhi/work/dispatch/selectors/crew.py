"""What the crew's phone shows: its unit, where it is sent, and what it did today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.matters.clocks.showing import clocks_of
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.models import Account
from gongzhi.base.ui.parts import Clock, Happening, Tone
from gongzhi.work.calls.selectors import answers_of
from gongzhi.work.dispatch.board import UnitSign
from gongzhi.work.dispatch.models import ACTIVE, Assignment, DutyMember, ResponseUnit
from gongzhi.work.dispatch.selectors import detail
from gongzhi.work.dispatch.selectors.queue import place_of
from gongzhi.work.dispatch.selectors.units import TONES, sign_of
from gongzhi.work.dispatch.states import Status

DONE_SHOWN = 5


@dataclass(frozen=True)
class CrewUnit:
    """A unit as its crew sees it. ``crew``: who else is on duty with it."""

    id: int
    name: str
    station: str
    kind_words: str
    sign: UnitSign
    status: str
    tone: Tone
    since: datetime
    seen_at: datetime | None
    paused: bool
    crew: Sequence[str] = ()


@dataclass(frozen=True)
class Task:
    """The incident that the unit is on. ``state``: dispatched, en_route or on_scene."""

    assignment: int
    id: int
    number: str
    title: str
    priority: int
    state: str
    assigned_at: datetime
    place: str
    place_note: str
    words: str
    lat: float | None
    lon: float | None
    answers: Sequence[tuple[str, str]]
    caller: str
    caller_url: str
    clocks: Sequence[Clock]
    others: Sequence[str]
    dispositions: Sequence[tuple[str, str]]
    happenings: Sequence[Happening]

    @property
    def point(self) -> str:
        """``lat,lon`` for the map; empty when nobody knows."""
        return f"{self.lat},{self.lon}" if self.lat is not None else ""

    @property
    def way(self) -> str:
        """The place as phones hand it to a navigation app (RFC 5870)."""
        return f"geo:{self.point}?q={self.point}" if self.point else ""


@dataclass(frozen=True)
class Done:
    """One of today's incidents that are done. ``outcome`` is empty when it was recalled."""

    number: str
    title: str
    place: str
    outcome: str
    at: datetime


@dataclass(frozen=True)
class Crew:
    """The whole page. Without ``unit`` one chooses among ``units``."""

    unit: CrewUnit | None = None
    task: Task | None = None
    done: Sequence[Done] = ()
    units: Sequence[CrewUnit] = field(default=())


def unit_of(who: Account) -> ResponseUnit | None:
    """The unit that this person is on duty with."""
    duty = DutyMember.objects.filter(account=who, ended_at__isnull=True)
    found = duty.select_related("unit__station").first()
    return found.unit if found else None


def crew_of(who: Account) -> Crew:
    """What this person's phone shows."""
    unit = unit_of(who)
    if unit is None:
        own = ResponseUnit.objects.filter(station=who.unit_id).select_related("station")
        return Crew(units=[_unit(one) for one in own.order_by("code")])
    active = Assignment.objects.filter(ACTIVE, unit=unit)
    on = active.select_related("matter__narrative", "matter__owner_unit").first()
    return Crew(_unit(unit, who), _task(on, unit) if on else None, _done(unit))


def _unit(unit: ResponseUnit, who: Account | None = None) -> CrewUnit:
    sign = sign_of(unit)
    members = unit.members.filter(ended_at__isnull=True).select_related("account") if who else ()
    return CrewUnit(
        id=unit.pk,
        name=str(unit),
        station=str(unit.station),
        kind_words=unit.get_kind_display(),
        sign=sign,
        status=unit.status_words,
        tone=TONES[sign],
        since=unit.status_since,
        seen_at=unit.seen_at,
        paused=unit.status == Status.BUSY,
        crew=[str(one.account) for one in members if one.account != who],
    )


def _task(assignment: Assignment, unit: ResponseUnit) -> Task:
    matter = assignment.matter
    others = Assignment.objects.filter(ACTIVE, matter=matter).exclude(unit=unit)
    return Task(
        assignment=assignment.pk,
        id=matter.pk,
        number=matter.number,
        title=matter.title,
        priority=matter.priority,
        state=unit.status,
        assigned_at=assignment.assigned_at,
        place=place_of(matter) or _("没有说明地点"),
        place_note=detail.areas_of_place(matter),
        words=matter.narrative.words,
        lat=matter.lat,
        lon=matter.lon,
        answers=answers_of(matter),
        caller=detail.caller_of(matter),
        caller_url=detail.caller_url_of(matter),
        clocks=[clock for clock in clocks_of(matter) if clock.stopped_at is None],
        others=[str(one.unit) for one in others.select_related("unit")],
        dispositions=detail.dispositions_of(matter),
        happenings=timeline(matter)[:8],
    )


def _done(unit: ResponseUnit) -> list[Done]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    ended = Q(cleared_at__gte=midnight) | Q(recalled_at__gte=midnight)
    found = unit.assignments.filter(ended).select_related("matter__narrative")
    return [_row(one, one.matter) for one in found.order_by("-assigned_at")[:DONE_SHOWN]]


def _row(assignment: Assignment, matter: Matter) -> Done:
    words = dict(detail.dispositions_of(matter))
    at = assignment.cleared_at or assignment.recalled_at or assignment.assigned_at
    outcome = words.get(assignment.disposition, assignment.disposition)
    return Done(matter.number, matter.title, place_of(matter), outcome, at)
