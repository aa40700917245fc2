"""What the crew's phone shows: its unit, where it is sent, and what it did today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.matters.clocks.showing import clocks_of
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.models import Account
from gongzhi.base.places.handing import Way, ways_to
from gongzhi.base.ui.parts import Clock, Happening, Tone
from gongzhi.work.calls.selectors import answers_of
from gongzhi.work.calls.selectors.premises import Premises
from gongzhi.work.crews.models import Watch
from gongzhi.work.crews.selectors.alarms import open_emergency_of
from gongzhi.work.dispatch.abilities import ability_words
from gongzhi.work.dispatch.board import UnitSign
from gongzhi.work.dispatch.models import ACTIVE, Assignment, DutyMember, ResponseUnit
from gongzhi.work.dispatch.selectors import detail
from gongzhi.work.dispatch.selectors.card import plan_of, role_words
from gongzhi.work.dispatch.selectors.fleet import statuses_open_to
from gongzhi.work.dispatch.selectors.landing import goes_to
from gongzhi.work.dispatch.selectors.limits import stays_of
from gongzhi.work.dispatch.selectors.queue import place_of
from gongzhi.work.dispatch.selectors.units import TONES, doubt_words, sign_of
from gongzhi.work.dispatch.states import Status, finer_statuses

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
    doubt: str = ""
    """What is wrong with the position that the phone said last, in words."""
    stays: Sequence[Clock] = ()
    """What it has been at for long, or nearly."""
    finer: Sequence[tuple[str, str]] = ()
    """What it may say more exactly that it does, beside incidents: code and words."""


@dataclass(frozen=True)
class Asked:
    """How often the crew says that it is well, and when next."""

    due_at: datetime
    began_at: datetime
    seconds: int
    why: str

    @property
    def soon_at(self) -> datetime:
        """When the phone begins to ask: with a quarter of the time left, two minutes at most."""
        return self.due_at - timedelta(seconds=min(120, self.seconds / 4))


@dataclass(frozen=True)
class ToFill:
    """An element that the next step shows, beside the outcome: ``shown`` is what was filled in."""

    code: str
    name: str
    kind: str
    basis: str
    choices: Sequence[tuple[str, str]]
    shown: str

    @property
    def shown_words(self) -> str:
        """What was filled in, as a person reads it."""
        return dict(self.choices).get(self.shown, self.shown)


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
    asked: Asked | None = None
    elements: Sequence[ToFill] = ()
    ways: Sequence[Way] = ()
    role: str = ""
    """What the unit was sent for, in words."""
    waits_at: str = ""
    """Where it goes, when that isn't the scene: the way leads there."""
    cautions: Sequence[str] = ()
    """What the run card tells crews."""
    bring: Sequence[str] = ()
    """What to take along."""
    notes: Sequence[str] = ()
    """What is known of the place."""
    finer: Sequence[tuple[str, str]] = ()
    """What it may be doing at the scene more exactly: code and words."""
    sub_status: str = ""
    premises: Premises | None = None
    """What happened at this place before, and what to know before one goes in."""

    @property
    def point(self) -> str:
        """``lat,lon`` for the map; empty when nobody knows."""
        return f"{self.lat},{self.lon}" if self.lat is not None else ""


@dataclass(frozen=True)
class Done:
    """One of today's incidents that are done. ``outcome`` is empty when it was recalled."""

    number: str
    title: str
    place: str
    outcome: str
    at: datetime


@dataclass(frozen=True)
class Called:
    """The unit has called for help: since when, and who has it in hand."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Phone:
    """The whole page. Without ``unit`` one chooses among ``units``."""

    unit: CrewUnit | None = None
    task: Task | None = None
    done: Sequence[Done] = ()
    units: Sequence[CrewUnit] = field(default=())
    called: Called | None = None


def unit_of(who: Account) -> ResponseUnit | None:
    """The unit that this person is on duty with."""
    duty = DutyMember.objects.filter(account=who, ended_at__isnull=True)
    found = duty.select_related("unit__station").first()
    return found.unit if found else None


def phone_of(who: Account) -> Phone:
    """What this person's phone shows."""
    unit = unit_of(who)
    if unit is None:
        own = ResponseUnit.objects.filter(station=who.unit_id).select_related("station")
        return Phone(units=[_unit(one) for one in own.order_by("code")])
    active = Assignment.objects.filter(ACTIVE, unit=unit)
    on = active.select_related("matter__narrative", "matter__owner_unit").first()
    raised = open_emergency_of(unit)
    return Phone(
        unit=_unit(unit, who, on),
        task=_task(on, unit) if on else None,
        done=_done(unit),
        called=Called(raised.raised_at, str(raised.acknowledged_by or "")) if raised else None,
    )


def _unit(unit: ResponseUnit, who: Account | None = None, on: Assignment | None = None) -> CrewUnit:
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
        doubt=doubt_words(unit) if who else "",
        stays=[stay.clock for stay in stays_of(unit, on)] if who else (),
        finer=[one for one in statuses_open_to(unit) if one[0] not in Status.values]
        if who and on is None else (),
    )  # fmt: skip


def _task(assignment: Assignment, unit: ResponseUnit) -> Task:
    matter = assignment.matter
    others = Assignment.objects.filter(ACTIVE, matter=matter).exclude(unit=unit)
    plan, landing = plan_of(matter), goes_to(matter, assignment.role)
    known = detail.premises_of(matter)
    goes = landing.point if landing else matter.point
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
        asked=_asked(assignment),
        elements=_elements(matter),
        ways=ways_to(goes) if goes else (),
        waits_at=(landing.name or _("最近的岸边")) if landing else "",
        role=role_words(matter, assignment.role),
        cautions=[str(one) for one in plan.cautions],
        bring=[ability_words(code) for code in dict.fromkeys(plan.bring)],
        notes=[note.words for note in known.notes] if known else (),
        premises=known,
        finer=[(one.code, str(one.name)) for one in finer_statuses(Status.ON_SCENE)],
        sub_status=unit.sub_status,
    )


def _asked(assignment: Assignment) -> Asked | None:
    watch = Watch.objects.filter(assignment=assignment).first()
    if watch is None:
        return None
    item = watch.rule_item
    return Asked(watch.due_at, watch.due_at - watch.every, watch.seconds,
                 str(item.about) if item else "")  # fmt: skip


def _elements(matter: Matter) -> list[ToFill]:
    """What the step at the crew's end of the incident shows, beside its outcome; an approval is
    nothing to be filled in at a scene."""
    step = matter.version_item.step("cleared")
    wanted = [one for one in (step.elements[1:] if step else ()) if one.kind != "approval"]
    if not wanted:
        return []
    shown = dict(matter.elements.values_list("code", "text"))
    procedure = matter.procedure_item
    return [
        ToFill(
            code=one.code,
            name=str(one.name),
            kind=one.kind,
            basis=procedure.citation(one),
            choices=[(each.code, str(each)) for each in one.offered],
            shown=shown.get(one.code, ""),
        )
        for one in wanted
    ]


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
