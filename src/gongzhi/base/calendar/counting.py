"""What is to be counted: from when, how long, by which rule; with extensions and suspensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from gongzhi.base.calendar.periods import Period, PeriodError, total
from gongzhi.base.calendar.steps import Regime
from gongzhi.base.calendar.workdays import Name

Counts = Literal["calendar", "working", "hours"]


@dataclass(frozen=True)
class Suspension:
    """Time that is not counted: an appraisal, a hearing, a journey, a wait for the resident.

    ``until`` is None while it lasts. Where days are counted it takes the days after the one on
    which it began, up to and with the one on which it ended; where hours are, every minute.
    """

    since: datetime
    until: datetime | None = None
    name: Name | None = None
    journey: bool = False
    """Time on the way, which the rules of counting themselves leave out."""

    def __post_init__(self) -> None:
        """Raises ValueError for times without a zone, or an end before the beginning."""
        if self.since.tzinfo is None or (self.until and self.until.tzinfo is None):
            raise ValueError("a suspension needs times with their zone")
        if self.until is not None and self.until < self.since:
            raise ValueError("a suspension can't end before it began")

    def as_json(self) -> dict[str, Any]:
        """A dictionary that `from_json` reads."""
        return {
            "since": self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "name": self.name and [self.name.zh, self.name.en],
            "journey": self.journey,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Suspension:
        """The suspension that `as_json` wrote."""
        until, name = stored.get("until"), stored.get("name")
        return cls(
            datetime.fromisoformat(stored["since"]),
            datetime.fromisoformat(until) if until else None,
            Name(*name) if name else None,
            stored.get("journey", False),
        )


@dataclass(frozen=True)
class Counting:
    """Everything a due date follows from, but for the calendar, which can still change."""

    start: datetime
    limit: Period
    counts: Counts
    rolls: bool
    tz: ZoneInfo
    regime: Regime = "civil"
    taken_as: Period | None = None
    """What the county takes a limit without a number (at once, promptly) to mean."""
    backwards: bool = False
    """Counted back from what is planned, as a notice is; `start` is then the planned time."""
    extended_by: tuple[Period, ...] = ()
    suspended: tuple[Suspension, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError where start, limit and way of counting don't fit together."""
        if self.start.tzinfo is None:
            raise ValueError("a period starts at a time with its zone")
        if self.taken_as is not None and not self.limit.word:
            raise PeriodError("only a limit without a number can be taken to mean one")
        if self.counts == "hours" and self.rolls:
            raise PeriodError("hours run on through holidays: they never roll")
        if self.backwards:
            _check_back(self)
        if self.period is not None:
            _check(self.period, self.counts)

    @property
    def period(self) -> Period | None:
        """The whole length, extensions included; None for a limit without a number."""
        limit = self.taken_as if self.limit.word else self.limit
        if limit is None:
            if self.extended_by:
                raise PeriodError(f"{self.limit} has no length that could be extended")
            return None
        whole = total((limit, *self.extended_by))
        return whole.in_working_days() if self.counts == "working" else whole

    def as_json(self) -> dict[str, Any]:
        """A dictionary that `from_json` reads: enough to count again when the calendar changes."""
        return {
            "start": self.start.isoformat(),
            "limit": str(self.limit),
            "counts": self.counts,
            "rolls": self.rolls,
            "tz": self.tz.key,
            "regime": self.regime,
            "taken_as": self.taken_as and str(self.taken_as),
            "backwards": self.backwards,
            "extended_by": [str(one) for one in self.extended_by],
            "suspended": [one.as_json() for one in self.suspended],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Counting:
        """The counting that `as_json` wrote."""
        taken_as = stored.get("taken_as")
        return cls(
            start=datetime.fromisoformat(stored["start"]),
            limit=Period.parse(stored["limit"]),
            counts=stored["counts"],
            rolls=stored["rolls"],
            tz=ZoneInfo(stored["tz"]),
            regime=stored.get("regime", "civil"),
            taken_as=Period.parse(taken_as) if taken_as else None,
            backwards=stored.get("backwards", False),
            extended_by=tuple(Period.parse(one) for one in stored.get("extended_by", ())),
            suspended=tuple(Suspension.from_json(one) for one in stored.get("suspended", ())),
        )


def _check_back(counting: Counting) -> None:
    if counting.limit.months or counting.limit.word or counting.counts == "hours":
        raise PeriodError(f"{counting.limit}: only days and working days are counted backwards")
    if counting.rolls or counting.extended_by or counting.suspended:
        raise PeriodError("what is counted backwards never rolls, grows or stands still")


def _check(period: Period, counts: Counts) -> None:
    if period.word:
        raise PeriodError(f"{period} has no length")
    if counts == "hours" and not period.counts_hours:
        raise PeriodError(f"{period} counts days: expected hours, such as PT24H")
    if counts != "hours" and period.counts_hours:
        raise PeriodError(f'{period} counts hours: expected counts = "hours"')
    if counts == "calendar" and period.working_days:
        raise PeriodError(f'{period} counts working days: expected counts = "working"')
