"""A clock: what must be done by when, by which law or promise, and how the time is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from gongzhi.base.calendar.counting import Counting, Counts, Suspension
from gongzhi.base.calendar.due import Due, ahead, reckon
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.calendar.steps import Regime
from gongzhi.base.calendar.workdays import WorkCalendar
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import (
    Basis,
    Example,
    Extends,
    PeriodText,
    Stricter,
    Suspends,
    Trigger,
)
from gongzhi.base.catalogue.words import Words

SHANGHAI = ZoneInfo("Asia/Shanghai")
DEEDS = frozenset({"begin", "done", "hold", "resume"})
"""What happens to a clock that no step moves."""
SHARES = (0.5, 0.75, 0.9)
"""When to warn of the end of somebody's custody: with half, three quarters, nine tenths gone."""
ALWAYS_KNOWN = frozenset({"category", "priority", "channel", "step"})
"""Facts of the matter itself, with which any clock may be narrowed down."""
Value = Annotated[str, BeforeValidator(str), StringConstraints(min_length=1, max_length=80)]


Bearer = Literal[
    "owner", "desk", "crew",
    "police", "higher_police", "forensic", "detention_house", "procuratorate", "petition_office",
    "review_body", "appeal_body", "next_authority",
]  # fmt: skip
Kind = Literal["deadline", "notice", "wait", "keep", "delete"]
"""- ``deadline``: done within the limit, or it is late.
- ``notice``: done at least so long before a planned time; counted backwards from it.
- ``wait``: what stops it is refused until the limit has passed.
- ``keep``: kept at least so long; what stops it, its end, is refused until then.
- ``delete``: to be deleted once the limit has passed; that is said then.

The last three are never late: nobody is held to do anything before they end."""
Domain = Literal[
    "reports", "administrative", "criminal", "petitions", "remedies", "services", "privacy",
    "personnel",
]  # fmt: skip
WaitsFor = Literal[
    "report_intake", "traffic", "remedies", "petitions", "public_services", "privacy",
    "personnel", "detention_house", "next_authority", "assistance", "secret_measures",
    "past_start",
]  # fmt: skip
"""Whose work begins a clock that no procedure here begins: the intake of reports, traffic, review
and compensation, petitions, permits, the care for data, staff matters, the detention house, the
authority that has the case next, requests between bureaus; measures that stand on no page; and a
start that lies before anybody knew."""


class Clock(BaseModel):
    """One file in ``catalogue/clocks``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    """A few words, for a list: 首次联系 / First contact."""
    obligation: Words
    """What must be done, in a sentence."""
    kind: Kind = "deadline"
    authority: Literal["law", "promise"]
    """A promise is the county's own word and is never shown as law."""
    basis: Basis
    in_force_from: date
    in_force_until: date | None = None
    procedures: tuple[Code, ...] = ()
    """The procedures whose matters it runs in; none named: any, moved by ``begin:``, ``done:`` and
    the like alone."""
    domain: Domain | None = None
    """The field of law, for a clock of any procedure: under which it is listed."""
    bearer: Bearer
    """Who must do it: the unit that owns the matter, the desk that took it, the units sent, or an
    authority that the law names."""
    waits_for: WaitsFor | None = None
    """The procedure that will begin it, where none that ships does yet."""
    personal: bool = False
    """It limits or concerns one person: each of those concerned has their own. Of custody always
    true, whatever is said."""
    custody: bool = False
    """It limits somebody's liberty: to the minute or the day, never rolled, and first in every
    list."""
    starts_on: tuple[Trigger, ...] = Field(min_length=1)
    stops_on: tuple[Trigger, ...] = Field(min_length=1)
    """What keeps it. An event that stops it may start it anew, as a hand-over does."""
    before_end_of: Code | None = None
    """The clock before whose end a notice is due; otherwise the event tells ``planned_at``."""
    lapses_on: tuple[Trigger, ...] = ()
    """What ends it, neither kept nor missed: the matter has become another. The matter's own end
    does so, too; it needn't be named."""
    when: Mapping[Code, tuple[Value, ...]] = {}
    """Starts only if each of these facts has one of these values: a field of the event that
    starts it, an element shown with it, or the matter's category, priority, channel or step."""
    limit: PeriodText
    taken_as: PeriodText | None = None
    """What this county takes a limit without a number to mean, when it warns."""
    counts: Counts
    rolls: bool
    """Whether a last day off rolls to the next working day."""
    regime: Regime = "civil"
    warn_before: tuple[PeriodText, ...] = ()
    aim: float | None = Field(default=None, gt=0, le=1)
    """Of a promise of arrival: the part of all matters in which the county means to keep it. The
    console's cover is held against it."""
    extends: tuple[Extends, ...] = ()
    """One after the other: the next only when the one before it is used up."""
    stricter: Stricter | None = None
    suspends: tuple[Suspends, ...] = ()
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_counted(self) -> Self:
        longer = tuple(one.by for one in self.ladder)
        start = self.examples[0].start
        if start.tzinfo is None:
            raise ValueError("examples: start: expected a time with its zone, +08:00")
        self._counting(start, SHANGHAI, longer, ())
        for period in self.warn_before:
            if period.word or period.months:
                raise ValueError(f"warn_before: expected hours or days, not {period}")
        return self

    @model_validator(mode="after")
    def _says_where_it_comes_from(self) -> Self:
        if self.authority == "law" and not (self.basis.article and self.basis.source_id):
            raise ValueError("basis: law needs statute, article and source_id")
        return self

    @model_validator(mode="after")
    def _aims_with_a_promise(self) -> Self:
        if self.aim is not None and self.authority != "promise":
            raise ValueError("aim: law is kept always; only a promise has one")
        return self

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        both = set(self.stops_on) & set(self.lapses_on)
        if both:
            raise ValueError(f"lapses_on: {min(both)} already stops it; expected one of the two")
        if self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValueError("in_force_until: expected a day after in_force_from")
        return self

    @model_validator(mode="after")
    def _stops(self) -> Self:
        if set(self.stops_on) <= set(self.starts_on):
            raise ValueError("stops_on: only what starts it stops it: it would never stop")
        return self

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.before_end_of and self.kind != "notice":
            raise ValueError('before_end_of: expected with kind = "notice", not otherwise')
        if self.never_late and (self.warn_before or self.custody or self.suspends):
            raise ValueError("kind: what is never late has no warning, custody or suspension")
        if self.kind == "notice" and (self.extends or self.suspends):
            raise ValueError("kind: a notice is neither extended nor suspended")
        return self

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if self.procedures:
            return self
        if self.domain is None:
            raise ValueError("domain: expected one, for a clock that names no procedure")
        named = [one for one in sorted(self.triggers) if one.split(":")[0] not in DEEDS]
        if named:
            raise ValueError(f"procedures: expected the one that has {named[0]}")
        return self

    @model_validator(mode="after")
    def _guards_liberty(self) -> Self:
        if self.custody and (self.rolls or self.counts == "working"):
            raise ValueError("rolls: the end of custody never rolls, nor leaves out a day of rest")
        if self.custody and self.warn_before:
            raise ValueError("warn_before: custody is warned of at 50, 75 and 90 per cent")
        return self

    @property
    def citation(self) -> str:
        """What to show beside a due date: statute and article, or that it is a promise."""
        if self.authority == "law":
            return str(self.basis)
        if self.basis.source_id is None:
            return _("本县服务承诺")
        return _("本县服务承诺（参照%(basis)s）") % {"basis": self.basis}

    @cached_property
    def citations(self) -> Words:
        """`citation` in both languages, for keeping beside a due date."""
        with override("zh-hans"):
            chinese = self.citation
        with override("en"):
            return Words(zh=chinese, en=self.citation)

    @property
    def per_person(self) -> bool:
        """Whether each person concerned has their own, and not the matter one for all."""
        return self.personal or self.custody

    @property
    def never_late(self) -> bool:
        """Whether its end opens something, and asks nothing of anybody before."""
        return self.kind in {"wait", "keep", "delete"}

    @property
    def refuses_until_then(self) -> bool:
        """Whether what stops it is refused before its end."""
        return self.kind in {"wait", "keep"}

    @property
    def outlives_its_matter(self) -> bool:
        """Whether it runs on when the matter ends: what was gathered lies there still."""
        return self.kind in {"keep", "delete"}

    @property
    def triggers(self) -> frozenset[str]:
        """Everything that moves it."""
        spans = [t for one in self.suspends for t in (*one.begins_on, *one.ends_on)]
        return frozenset((*self.starts_on, *self.stops_on, *self.lapses_on, *spans))

    @property
    def ladder(self) -> tuple[Extends, ...]:
        """Every extension that can be granted, in order, as often as it can."""
        return tuple(one for one in self.extends for _time in range(one.times))

    def article_of(self, extension: Extends) -> Basis:
        """Statute and article by which it is extended."""
        return extension.basis or self.basis

    def is_in_force(self, on: date) -> bool:
        """Whether a matter that begins on this day comes under it."""
        return self.in_force_from <= on and (
            self.in_force_until is None or on <= self.in_force_until
        )

    def is_another_version_of(self, other: Clock) -> bool:
        """Whether both count the same duty on the same day, so that one of them is out of date."""
        same = self.basis.source_id is not None and all(
            getattr(self, key) == getattr(other, key) for key in ("authority", "when", "procedures")
        )
        return (
            same
            and self.basis.source_id == other.basis.source_id
            and self.in_force_from <= (other.in_force_until or date.max)
            and other.in_force_from <= (self.in_force_until or date.max)
        )

    def starts(self, procedure: str, trigger: str, facts: Mapping[str, object]) -> bool:
        """Whether this event starts it. `facts` by name; numbers are compared as text."""
        return (
            (procedure in self.procedures or not self.procedures)
            and trigger in self.starts_on
            and all(str(facts.get(name)) in values for name, values in self.when.items())
        )

    def suspension_begun_by(self, trigger: str) -> Suspends | None:
        """The suspension that this event begins, if any."""
        return next((one for one in self.suspends if trigger in one.begins_on), None)

    def suspension_ended_by(self, trigger: str) -> Suspends | None:
        """The suspension that this event ends, if any."""
        return next((one for one in self.suspends if trigger in one.ends_on), None)

    def due(
        self,
        start: datetime,
        calendar: WorkCalendar,
        tz: ZoneInfo,
        *,
        extended: int = 0,
        suspended: Sequence[Suspension] = (),
    ) -> Due:
        """When it is due if it starts then, extended so many times. Raises PeriodError when it
        can't be extended that often."""
        ladder = self.ladder
        if extended > len(ladder):
            raise PeriodError(f"{self.code} can be extended {len(ladder)} times, not {extended}")
        longer = tuple(one.by for one in ladder[:extended])
        return reckon(self._counting(start, tz, longer, tuple(suspended)), calendar)

    def warnings(self, due: Due, calendar: WorkCalendar) -> tuple[datetime, ...]:
        """When to warn that it will fall due, earliest first; nothing before it began. What is
        never late is told of when its time is over."""
        if due.at is None:
            return ()
        if self.never_late:
            return (due.at,)
        at, start = self._strictly(due, calendar), due.counting.start
        times = {ahead(at, one, calendar, due.counting.tz) for one in self.warn_before}
        if self.custody:
            times |= {start + (at - start) * share for share in SHARES}
        if self.kind == "notice":
            return tuple(sorted(times))
        return tuple(sorted(time for time in times if time > start))

    def _strictly(self, due: Due, calendar: WorkCalendar) -> datetime:
        """The due time by which to warn: the shorter norm's, where there are two."""
        assert due.at is not None  # noqa: S101
        if self.stricter is None:
            return due.at
        shorter = replace(
            due.counting, limit=self.stricter.limit, counts=self.stricter.counts,
            rolls=self.stricter.rolls, taken_as=None,
        )  # fmt: skip
        return min(due.at, reckon(shorter, calendar).at or due.at)

    def _counting(
        self,
        start: datetime,
        tz: ZoneInfo,
        extended_by: tuple[Period, ...],
        suspended: tuple[Suspension, ...],
    ) -> Counting:
        return Counting(
            start, self.limit, self.counts, self.rolls, tz, self.regime, self.taken_as,
            self.kind == "notice", extended_by, suspended,
        )  # fmt: skip
