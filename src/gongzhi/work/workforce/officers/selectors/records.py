"""Somebody's record, as they see it themselves; and who has looked at it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.leave_kind import LeaveKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.selectors import Read
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.events import RECORD_READ
from gongzhi.work.workforce.officers.models import (
    Commendation,
    GradeHeld,
    HealthCheck,
    Holding,
    Leave,
    Limit,
    Service,
    SkillHeld,
    Training,
    Written,
)
from gongzhi.work.workforce.officers.states import LeaveState, Purpose

LATELY = timedelta(days=730)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class ShownSkill:
    """A skill and how it stands: ``over``, ``soon`` (to be renewed), ``good``."""

    held: SkillHeld
    state: str


@dataclass(frozen=True)
class Allowance:
    """Days of one kind of leave in a year: due, taken or granted, asked for."""

    kind: LeaveKind
    due: int | None
    taken: int
    asked: int

    @property
    def left(self) -> int | None:
        """Days left; None where no number is fixed."""
        return None if self.due is None else max(0, self.due - self.taken)


@dataclass(frozen=True)
class Struck:
    """A line that was wrong: what it said, why it went, and what stands instead."""

    said: str
    line: Written
    instead: str


@dataclass(frozen=True)
class Record:
    """Everything that is written down about somebody at work."""

    account: Account
    posts: list[Holding]
    grades: list[GradeHeld]
    service: Service | None
    skills: list[ShownSkill]
    trainings: list[Training]
    limits: list[Limit]
    leaves: list[Leave]
    allowances: list[Allowance]
    check: HealthCheck | None
    """The health check that is due."""
    commendations: list[Commendation]
    looks: list[Read]
    struck: list[Struck]
    """What was corrected, the latest first."""


def record_of(account: Account) -> Record:
    """The whole record. A fixed number of queries."""
    day = today()
    leaves = list(
        Leave.objects.filter(account=account, last_day__gte=day - LATELY)
        .select_related("decided_by", "unit").order_by("-first_day", "-pk")
    )  # fmt: skip
    service = Service.objects.filter(account=account).first()
    return Record(
        account=account,
        posts=list(account.holdings.select_related("post__unit").order_by("-since", "pk")),
        grades=list(account.grades.order_by("-since")),
        service=service,
        skills=shown_skills(list(account.skills.order_by("skill", "-since"))),
        trainings=list(account.trainings.order_by("-on", "-pk")[:30]),
        limits=list(
            account.limits.filter(Q(last_day__isnull=True) | Q(last_day__gte=day))
            .order_by("first_day")
        ),
        leaves=leaves,
        allowances=_allowances(leaves, service, day),
        check=account.health_checks.filter(done_on=None).first(),
        commendations=list(account.commendations.order_by("-on", "-pk")[:20]),
        looks=looks_at(account),
        struck=struck_of(account),
    )  # fmt: skip


def struck_of(account: Account) -> list[Struck]:
    """What was struck out of somebody's record, the latest first. Three queries."""
    lines: list[SkillHeld | Training | Limit] = []
    for kind in (SkillHeld, Training, Limit):
        rows = kind.every.filter(account=account, struck_at__isnull=False)
        lines += rows.select_related("instead", "struck_by").order_by("-struck_at")[:20]
    latest = sorted(lines, key=lambda one: str(one.struck_at), reverse=True)
    return [Struck(said(one), one, said(one.instead) if one.instead else "") for one in latest]


def said(line: object) -> str:
    """A line in words."""
    if isinstance(line, Training):
        return _("%(title)s，%(hours)s 学时，%(on)s") % {
            "title": line.title, "hours": line.hours, "on": line.on
        }  # fmt: skip
    if isinstance(line, Limit):
        until = line.last_day or _("另行通知")
        return f"{line.get_cannot_display()} {line.first_day} – {until}"
    if isinstance(line, SkillHeld):
        until = f" – {line.until}" if line.until else ""
        number = f" {line.number}" if line.number else ""
        return f"{line.title}{number} {line.since}{until}"
    raise TypeError(f"no line of a record: {line!r}")


def shown_skills(held: list[SkillHeld]) -> list[ShownSkill]:
    """The latest of each skill, with how it stands today."""
    day, latest = today(), dict[str, SkillHeld]()
    for one in held:
        kept = latest.setdefault(one.skill, one)
        if (one.until or date.max) > (kept.until or date.max):
            latest[one.skill] = one
    order = list(catalogue().skills)
    known = sorted(latest.values(), key=lambda one: _nth(order, one.skill))
    return [ShownSkill(one, _state(one, day)) for one in known]


def lapsing(units: list[Unit], *, within: int | None = None) -> list[ShownSkill]:
    """Certificates of these units' people that have lapsed lately or will soon, the first to lapse
    first: within so many days, or as many as the catalogue says for each. One query."""
    day = today()
    rows = SkillHeld.objects.filter(
        until__isnull=False, until__gte=day - timedelta(days=60),
        until__lte=day + timedelta(days=within or 400),
        account__unit__in=units, account__is_active=True,
    ).select_related("account__unit").order_by("until", "pk")  # fmt: skip
    newer = {
        (one.account_id, one.skill): one.until
        for one in SkillHeld.objects.filter(account__unit__in=units).order_by("until")
    }
    shown = [
        ShownSkill(one, "soon" if within and (one.until or day) > day else _state(one, day))
        for one in rows
        if newer.get((one.account_id, one.skill)) == one.until
    ]
    return [one for one in shown if one.state != "good"]


def looks_at(account: Account) -> list[Read]:
    """Who opened the record and what for, the latest first. Two queries."""
    entries = Entry.objects.filter(subject=subject_of(account), kind=RECORD_READ.kind)
    told = [(one.at, json.loads(one.text)) for one in entries.order_by("-seq")[:50]]
    units = Unit.objects.in_bulk({fields["unit"] for _at, fields in told if "unit" in fields})
    return [
        Read(at, units.get(fields.get("unit")), str(Purpose(fields["purpose"]).label))
        for at, fields in told
    ]


def days_of(kind: LeaveKind, first: date, last: date, year: int | None = None) -> int:
    """So many days of leave count, from first through last; of one year, where one is given."""
    if year is not None:
        first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    days = [first + n * DAY for n in range((last - first).days + 1)]
    if kind.counts == "calendar":
        return len(days)
    worked = catalogue().calendar
    return sum(worked.day(one).works for one in days)


def _allowances(leaves: list[Leave], service: Service | None, day: date) -> list[Allowance]:
    """Of the kinds with a fixed number of days a year, and of those taken this year."""
    found = []
    for kind in catalogue().leave_kinds.values():
        own = [one for one in leaves if one.kind == kind.code]
        taken = _sum(kind, own, LeaveState.GRANTED, day.year)
        asked = _sum(kind, own, LeaveState.ASKED, day.year)
        due = kind.days_after(_years(service, day)) if service and kind.by_years else None
        if taken or asked or (due is not None and kind.by_years[0].years):
            found.append(Allowance(kind, due, taken, asked))
    return found


def _sum(kind: LeaveKind, leaves: list[Leave], state: str, year: int) -> int:
    return sum(
        days_of(kind, one.first_day, one.last_day, year)
        for one in leaves if one.state == state
    )  # fmt: skip


def _years(service: Service, day: date) -> int:
    """Whole years of service."""
    before = (day.month, day.day) < (service.since.month, service.since.day)
    return day.year - service.since.year - before


def _state(held: SkillHeld, day: date) -> str:
    if held.until is None:
        return "good"
    if held.until < day:
        return "over"
    warn = held.item.warn_days if held.item else 90
    return "soon" if (held.until - day).days <= warn else "good"


def _nth(order: list[str], code: str) -> int:
    return order.index(code) if code in order else len(order)
