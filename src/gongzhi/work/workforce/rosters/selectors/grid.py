"""The planner's grid: people × days, and what each cell breaks, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.analysis.roster import Roster as Lines
from gongzhi.analysis.roster import Violation, minutes, violations
from gongzhi.base.catalogue.kinds.roster_shift import RosterShift
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.rosters.selectors.asked import Asked


@dataclass(frozen=True)
class Cell:
    """Somebody's day."""

    account: int
    day: date
    shift: RosterShift | None
    pinned: bool
    away: bool
    absent: bool
    """Whether they said that they can't come."""
    broken: list[str] = field(default_factory=list)
    hard: bool = False

    @property
    def rest(self) -> bool:
        """Whether the county rests on that day."""
        return not catalogue().calendar.day(self.day).works

    @property
    def key(self) -> str:
        """Its address on the page."""
        return f"{self.account}.{self.day.isoformat()}"


@dataclass(frozen=True)
class Row:
    """Somebody's month."""

    account: Account
    cells: list[Cell]
    hours: float
    nights: int
    over: float
    """Hours above (below 0: under) those of the month's working days."""


@dataclass(frozen=True)
class Short:
    """A shift with too few."""

    day: date
    shift: RosterShift | None
    missing: int
    skill: str
    """The skill that they lack, in the active language; empty: any would do."""


@dataclass(frozen=True)
class Covered:
    """A shift on a day: ``least`` must be there, ``wanted`` are."""

    there: int
    least: int
    wanted: int

    @property
    def state(self) -> str:
        """Whether that is enough: ``least``, ``few`` or nothing to say."""
        if self.there < self.least:
            return "least"
        return "few" if self.there < self.wanted else ""


@dataclass(frozen=True)
class Cover:
    """A kind of shift, day by day; None where it isn't needed."""

    shift: RosterShift
    days: list[Covered | None]


@dataclass(frozen=True)
class Gone:
    """Somebody has leave (or is away otherwise) on days on which they still have shifts."""

    account: Account
    first: date
    last: date
    shifts: int


@dataclass(frozen=True)
class Head:
    """A day as its column is headed."""

    day: date

    @property
    def weekday(self) -> str:
        """In a character."""
        return (
            pgettext("weekday", "一"), pgettext("weekday", "二"), pgettext("weekday", "三"),
            pgettext("weekday", "四"), pgettext("weekday", "五"), pgettext("weekday", "六"),
            pgettext("weekday", "日"),
        )[self.day.weekday()]  # fmt: skip

    @property
    def rest(self) -> bool:
        """Whether the county rests."""
        return not catalogue().calendar.day(self.day).works


@dataclass(frozen=True)
class Grid:
    """The whole month."""

    days: list[Head]
    rows: list[Row]
    cover: list[Cover]
    short: list[Short]
    gone: list[Gone]
    broken: int
    """How many hard rules are."""


def words_of(code: str) -> str:
    """What is said where a rule is broken."""
    rule = catalogue().roster_rules.get(code)
    if rule is not None:
        return str(rule.broken)
    return {
        "away": _("这天请假或者不在"), "never": _("这个班不能排给这个人"),
        "pinned": _("和已经定下的班不一样"), "least": _("人不够"), "skill": _("有这项技能的人不够"),
    }.get(code, code)  # fmt: skip


def title_of(code: str) -> str:
    """A rule's name, in the active language."""
    rule = catalogue().roster_rules.get(code)
    if rule is not None:
        return str(rule.name)
    return {
        "away": _("请假和不在"), "never": _("不能排的班"), "pinned": _("已经定下的班"),
        "least": _("最少人数"), "skill": _("技能要求"),
    }.get(code, code)  # fmt: skip


def grid_of(asked: Asked) -> Grid:
    """The roster as it is, with what it breaks."""
    lines = asked.lines()
    found = violations(asked.problem, lines)
    cells: dict[tuple[int, int], list[Violation]] = defaultdict(list)
    for one in found:
        # What is said of a month stands beside it, not on its last day.
        if one.officer is not None and not _of_month(one.code):
            cells[one.officer, one.day].append(one)
    pins = {(one.officer, one.day) for one in asked.problem.pins}
    shifts = list(catalogue().roster_shifts.values())
    rows = [
        _row(asked, officer.key, lines, cells, pins, shifts) for officer in asked.problem.officers
    ]
    short = [
        Short(asked.day(one.day), shifts[one.shift or 0], one.amount, _skill(one.skill))
        for one in found if one.code == "least"
    ]  # fmt: skip
    days = [Head(asked.day(n)) for n in range(asked.problem.days)]
    cover = [_cover(asked, n, one, lines) for n, one in enumerate(shifts)]
    return Grid(days, rows, cover, short, _gone(asked, found), sum(one.hard for one in found))


def _cover(asked: Asked, key: int, shift: RosterShift, lines: Lines) -> Cover:
    demands = [one for one in asked.problem.demands if one.shift == key and one.skill is None]
    wanted = {one.day: one for one in demands}
    there = [sum(line[n] == key for line in lines.values()) for n in range(asked.problem.days)]
    return Cover(shift, [
        Covered(many, wanted[n].least, wanted[n].ideal) if n in wanted else None
        for n, many in enumerate(there)
    ])  # fmt: skip


def _gone(asked: Asked, found: Iterable[Violation]) -> list[Gone]:
    """From today on, each row of days without a gap of two."""
    absent = {one.key: one.absent for one in asked.problem.officers}
    days = sorted(
        (one.officer, one.day) for one in found
        if one.code == "away" and one.officer is not None
        and one.day not in absent[one.officer] and asked.day(one.day) >= today()
    )  # fmt: skip
    told: list[Gone] = []
    for who, nth in days:
        account, day, last = asked.people[who], asked.day(nth), told[-1] if told else None
        if last and last.account == account and (day - last.last).days <= 2:
            told[-1] = Gone(account, last.first, day, last.shifts + 1)
        else:
            told.append(Gone(account, day, day, 1))
    return told


def _skill(key: int | None) -> str:
    return "" if key is None else str(list(catalogue().skills.values())[key].name)


def _of_month(code: str) -> bool:
    rule = catalogue().roster_rules.get(code)
    return rule is not None and rule.counts == "contract"


def _row(
    asked: Asked, key: int, lines: Lines, cells: dict[tuple[int, int], list[Violation]],
    pins: set[tuple[int, int]], shifts: list[RosterShift],
) -> Row:  # fmt: skip
    officer = next(one for one in asked.problem.officers if one.key == key)
    line = lines[key]
    made = [
        Cell(
            key, asked.day(n), None if of is None else shifts[of], (key, n) in pins,
            n in officer.away, n in officer.absent, [words_of(one.code) for one in cells[key, n]],
            any(one.hard for one in cells[key, n]),
        )
        for n, of in enumerate(line)
    ]  # fmt: skip
    worked = minutes(asked.problem, line)
    normal = (officer.least + (officer.most or 0) - 8 * 60) / 2
    nights = sum(of is not None and shifts[of].night for of in line)
    return Row(
        asked.people[key], made, round(worked / 60, 1), nights, round((worked - normal) / 60, 1)
    )


@dataclass(frozen=True)
class Said:
    """A conflict, in words."""

    rules: list[str]
    sources: list[str]
    whom: str
    first: date
    last: date
    shift: str
    least: int
    there: int


def conflicts_of(asked: Asked) -> list[Said]:
    """Why there is no roster."""
    shifts = list(catalogue().roster_shifts.values())
    said = []
    for one in asked.roster.conflicts:
        account = asked.people.get(one.get("officer") or 0)
        rules = [catalogue().roster_rules[code] for code in one["codes"]
                 if code in catalogue().roster_rules]  # fmt: skip
        shift = one.get("shift")
        said.append(
            Said(
                [title_of(code) for code in one["codes"]], [rule.source for rule in rules],
                str(account or ""), asked.day(one["first"]), asked.day(one["last"]),
                "" if shift is None else str(shifts[shift].name), one.get("least", 0),
                one.get("there", 0),
            )
        )  # fmt: skip
    return said
