"""What a roster is asked for: shifts on days, how many are needed on each, who could work them.

An officer is a number. Days are counted from 0, the horizon's first; minutes of the horizon begin
with that day's midnight. A shift belongs to the day on which it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DAY = 24 * 60
WEEK = 7
STEPS = 4
"""So many steps does unfairness get dearer: the second too many costs more than the first."""

Roster = Mapping[int, tuple[int | None, ...]]
"""Of an officer (key), day by day: the shift's key, or None on a day off."""


class Kind(StrEnum):
    """What a rule counts. `Rule.limit` is in minutes for those named so, otherwise a number."""

    REST = "rest"
    """Least minutes between the end of a shift and the beginning of the next."""
    NIGHT_REST = "night_rest"
    """Least minutes from the end of a night to a shift that is none."""
    SUCCESSION = "succession"
    """Pairs of shifts that don't follow one another on two days."""
    ROW = "row"
    """Most days worked in a row; with `shifts`, most days in a row on one of these."""
    SHORT_ROW = "short_row"
    """Fewest days worked in a row."""
    SHORT_REST = "short_rest"
    """Fewest days off in a row."""
    WEEK_MINUTES = "week_minutes"
    """Most minutes in a week from Monday to Sunday."""
    WEEK_OFF = "week_off"
    """Fewest days off in a week from Monday to Sunday."""
    WEEKENDS = "weekends"
    """Most weekends with a shift on Saturday or Sunday."""
    COUNT = "count"
    """Most shifts in the horizon; with `shifts`, of these."""
    CONTRACT = "contract"
    """Minutes between `Officer.least` and `Officer.most`."""


@dataclass(frozen=True)
class Rule:
    """One rule. Soft: each unit too many or too few costs `weight`; a unit is a day, a shift, a
    weekend, a pair, or a begun hour. ``officers`` whom it is for; None: all."""

    code: str
    kind: Kind
    limit: int = 0
    hard: bool = True
    weight: int = 0
    shifts: frozenset[int] | None = None
    pairs: frozenset[tuple[int, int]] = frozenset()
    officers: frozenset[int] | None = None

    def binds(self, officer: int) -> bool:
        """Whether it is for this one."""
        return self.officers is None or officer in self.officers


@dataclass(frozen=True)
class Shift:
    """A kind of shift: from its `start` (minutes after midnight) for `length` minutes."""

    key: int
    start: int
    length: int
    night: bool = False

    @property
    def end(self) -> int:
        """Minutes after the midnight of the day on which it began."""
        return self.start + self.length


@dataclass(frozen=True)
class Held:
    """A skill, until that minute of the horizon (None: all of it)."""

    skill: int
    until: int | None = None


@dataclass(frozen=True)
class Officer:
    """``least``, ``most``: minutes that the contract asks for and allows in this horizon.

    ``away``: days on leave or otherwise unavailable; a shift that runs into one is out, too.
    ``absent``: days on which no shift begins; one of the day before may end there.
    ``never``: shifts that aren't for this one. ``before``: what was worked on the days before the
    horizon, the last day last.
    """

    key: int
    team: int = 0
    skills: tuple[Held, ...] = ()
    least: int = 0
    most: int | None = None
    away: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()
    never: frozenset[int] = frozenset()
    before: tuple[int | None, ...] = ()

    def holds(self, skill: int | None, minute: int) -> bool:
        """Whether the skill still counts at that minute of the horizon."""
        if skill is None:
            return True
        return any(
            one.skill == skill and (one.until is None or minute <= one.until) for one in self.skills
        )


@dataclass(frozen=True)
class Demand:
    """So many on a shift of a day, of a team (None: of all), with a skill (None: any).

    ``least`` must be there; each one short of ``ideal`` costs `short`, each one above it `over`.
    """

    day: int
    shift: int
    least: int
    ideal: int
    skill: int | None = None
    team: int | None = None
    short: int = 10
    over: int = 1


@dataclass(frozen=True)
class Wish:
    """To work a shift (`on`) or not to; shift None: any at all. Not granted, it costs `weight`."""

    officer: int
    day: int
    shift: int | None
    on: bool
    weight: int = 1


@dataclass(frozen=True)
class Pin:
    """Decided: this shift, or a day off."""

    officer: int
    day: int
    shift: int | None


class Burden(StrEnum):
    """What is shared out over the year."""

    NIGHTS = "nights"
    WEEKENDS = "weekends"
    """Days worked on a Saturday or Sunday."""
    HOLIDAYS = "holidays"


@dataclass(frozen=True)
class Share:
    """An officer had `before` of a burden this year; with this horizon, `fair` would be even. The
    first above costs `weight`, the next twice as much, and so on for `STEPS`."""

    officer: int
    burden: Burden
    before: int
    fair: int
    weight: int = 1


@dataclass(frozen=True)
class Problem:
    """``first_weekday``: 0 for a horizon that begins on a Monday. ``holidays``: days of it."""

    days: int
    shifts: tuple[Shift, ...]
    officers: tuple[Officer, ...]
    demands: tuple[Demand, ...]
    rules: tuple[Rule, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Pin, ...] = ()
    shares: tuple[Share, ...] = ()
    holidays: frozenset[int] = frozenset()
    first_weekday: int = 0
    _shift: Mapping[int, Shift] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """ValueError, in words, for what can't be meant. Demand that nobody can meet, or rules that
        contradict each other, are no errors: `solve` and `explain` say so."""
        object.__setattr__(self, "_shift", {one.key: one for one in self.shifts})
        _alone("shift", (one.key for one in self.shifts))
        _alone("officer", (one.key for one in self.officers))
        _alone("rule", (one.code for one in self.rules))
        if self.days < 1 or not 0 <= self.first_weekday < WEEK:
            raise ValueError("a horizon has a day at least, and begins on a weekday from 0 to 6")
        for shift in self.shifts:
            if not (0 <= shift.start < DAY and 0 < shift.length <= DAY):
                raise ValueError(f"shift {shift.key}: begins on its day and takes a day at most")
        known = set(self._shift)
        for rule in self.rules:
            _check_rule(rule, known)
        for demand in self.demands:
            _check_demand(demand, known, self.days)
        for officer in self.officers:
            _check_officer(officer, known)
        self._check_asked({one.key for one in self.officers}, known)

    def _check_asked(self, who: set[int], known: set[int]) -> None:
        asked = [(one.officer, one.day, one.shift) for one in self.wishes]
        asked += [(one.officer, one.day, one.shift) for one in self.pins]
        for officer_key, day, of in asked:
            if officer_key not in who or not 0 <= day < self.days or of not in {*known, None}:
                raise ValueError(f"a wish or pin of {officer_key} on day {day} for nothing known")
        weights = [
            *(one.weight for one in self.wishes),
            *(one.weight for one in self.shares),
            *(one.weight for one in self.rules),
        ]
        if any(weight < 0 for weight in weights):
            raise ValueError("a weight below 0")
        _alone("pin", ((one.officer, one.day) for one in self.pins))
        _alone("share", ((one.officer, one.burden) for one in self.shares))
        if not {one.officer for one in self.shares} <= who:
            raise ValueError("a share of nobody")

    def shift(self, key: int) -> Shift:
        """The kind of shift with that key."""
        return self._shift[key]

    def weekday(self, day: int) -> int:
        """0 on a Monday; days before the horizon are below 0."""
        return (self.first_weekday + day) % WEEK


def _alone(what: str, keys: Iterable[object]) -> None:
    listed = list(keys)
    if len(set(listed)) != len(listed):
        raise ValueError(f"two of the same key: {what}")


def _check_rule(rule: Rule, shifts: set[int]) -> None:
    if rule.limit < 0 or (not rule.hard and not rule.weight):
        raise ValueError(f"rule {rule.code}: below 0, or soft and for nothing")
    named = {one for pair in rule.pairs for one in pair} | set(rule.shifts or ())
    if named - shifts:
        raise ValueError(f"rule {rule.code}: a shift that there isn't")


def _check_demand(demand: Demand, shifts: set[int], days: int) -> None:
    if demand.shift not in shifts or not 0 <= demand.day < days:
        raise ValueError(f"demand for shift {demand.shift} on day {demand.day}: there is none")
    if not 0 <= demand.least <= demand.ideal or min(demand.short, demand.over) < 0:
        raise ValueError(f"demand on day {demand.day}: 0 <= least <= ideal, and costs from 0")


def _check_officer(officer: Officer, shifts: set[int]) -> None:
    if {*officer.before, *officer.never} - {*shifts, None}:
        raise ValueError(f"officer {officer.key}: a shift that there isn't")
    if officer.least < 0 or (officer.most is not None and officer.most < officer.least):
        raise ValueError(f"officer {officer.key}: 0 <= least <= most")
