"""What changed at a problem's place, beside the areas that a person chose to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from gongzhi.analysis.evaluation import (
    AFTER,
    LEFT_OUT,
    Compared,
    Weighed,
    compare,
    phases,
    weighed,
)
from gongzhi.work.prevention.problems.counting import Weeks, by_week, yesterday
from gongzhi.work.prevention.problems.drawing import (
    Bar,
    Spans,
    Whisker,
    bars_of,
    spans_of,
    whisker,
)
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.saying import (
    in_words,
    ring_in_words,
    together_in_words,
)
from gongzhi.work.prevention.problems.selectors.visits import Presence, presence, visits
from gongzhi.work.prevention.problems.shapes import RING, numbers, ring_of


@dataclass(frozen=True)
class Case:
    """What is assessed: one kind of event in some cells, from when on something was done there, the
    areas to compare with, how wide the ring is, and the days that made people look."""

    about: str
    cells: tuple[int, ...]
    begun: date
    disks: tuple[tuple[int, ...], ...]
    ring: int = RING
    noticed: tuple[date, date] | None = None
    around: frozenset[int] | None = None
    """The cells around it that are watched, where somebody chose them; None: the whole ring."""

    @property
    def near(self) -> set[int]:
        """What is watched around the area, without what is compared with."""
        watched = ring_of(self.cells, self.ring) if self.around is None else set(self.around)
        return watched - {cell for disk in self.disks for cell in disk}

    @property
    def beyond(self) -> set[int]:
        """The rings around the areas to compare with, without all that is something else."""
        rings = {cell for disk in self.disks for cell in ring_of(disk, self.ring)}
        taken = {cell for disk in self.disks for cell in disk} | set(self.cells)
        return rings - taken - ring_of(self.cells, self.ring) - self.near


OTHERS = 2
"""The place of the comparison areas in `Assessed.dosage`."""


@dataclass(frozen=True)
class Assessed:
    """The weeks, the comparison, and how they are drawn and said."""

    begun: date
    weeks: tuple[date, ...]
    phase: tuple[int, ...]
    own: tuple[int, ...]
    others: tuple[int, ...]
    areas: int
    compared: Compared
    weighed: Weighed | None = None
    dosage: tuple[Presence, ...] = ()
    """What patrols gave the area, the ring, and what is compared with them; none: nothing."""

    @property
    def contrast(self) -> bool:
        """Whether the area got at least twice the presence, after, of what it is compared with."""
        if len(self.dosage) <= OTHERS:
            return True
        return self.dosage[0].minutes[1] >= 2 * self.dosage[OTHERS].minutes[1]

    @property
    def together(self) -> str:
        """Whether it can be told, with what moved next door taken in; "" where nothing can be."""
        both = self.weighed
        if both is None:
            return ""
        weeks = self.compared.weeks_after
        said = together_in_words(both.whole, weeks, ring=both.ring is not None)
        if both.area.can_tell and not both.whole.can_tell:
            return said + _("只看本区域，变化看得出来；周边的起数多，一起算就盖住了。")
        return said

    @property
    def spans(self) -> Spans | None:
        """The area, the ring and both, more or fewer than the comparison, with their intervals."""
        both = self.weighed
        if both is None:
            return None
        rows = [(_("本区域"), both.area), *([(_("周边一圈"), both.ring)] if both.ring else []),
                (_("合起来"), both.whole)]  # fmt: skip
        return spans_of([(words, one.low, one.whole, one.high) for words, one in rows])

    @property
    def sums(self) -> list[tuple[str, int, int]]:
        """Counts before and after, in words."""
        if self.weighed is None:
            return []
        words = _("本区域"), _("对照区域"), _("周边一圈"), _("对照区域的周边")
        return [(said, *pair) for said, pair in zip(words, self.weighed.sums, strict=True)]

    @cached_property
    def bars(self) -> list[Bar]:
        """The area's weeks; those after the interventions began are marked."""
        return bars_of(self.own, self._after, out=self._out)

    @cached_property
    def other_bars(self) -> list[Bar]:
        """The comparison areas' weeks together."""
        return bars_of(self.others, self._after, out=self._out)

    @property
    def width(self) -> int:
        """Of the bars' drawing."""
        return 8 * max(1, len(self.weeks))

    @property
    def begun_x(self) -> int:
        """Where the line stands that says from when on something was done."""
        return 8 * sum(week < self.begun for week in self.weeks) - 1

    @property
    def whisker(self) -> Whisker | None:
        """The change with its interval."""
        change = self.compared.change
        return whisker(change.low, change.ratio, change.high) if change else None

    @property
    def verdict(self) -> str:
        """What can honestly be said."""
        return in_words(self.compared)

    @property
    def ring(self) -> str:
        """Whether it only moved next door; "" where nobody can say."""
        return ring_in_words(self.compared)

    @property
    def left_out(self) -> int:
        """Weeks that count for nothing."""
        return self.phase.count(LEFT_OUT)

    @property
    def _after(self) -> set[int]:
        return {n for n, one in enumerate(self.phase) if one == AFTER}

    @property
    def _out(self) -> set[int]:
        return {n for n, one in enumerate(self.phase) if one == LEFT_OUT}


def begun_on(problem: Problem) -> date | None:
    """The first day of the first intervention that was not called off; None before there is one."""
    going = [one.since for one in problem.interventions.all() if one.done is not False]
    return min(going, default=None)


def assess(problem: Problem) -> Assessed | None:
    """Before and after, week by week; None before an intervention has begun."""
    begun = begun_on(problem)
    if begun is None or begun > yesterday():
        return None
    return assessed(
        Case(
            problem.about, tuple(numbers(problem.cells)), begun,
            tuple(tuple(numbers(one.cells)) for one in problem.comparison.order_by("pk")),
            problem.ring, problem.noticed, problem.watched,
        )
    )  # fmt: skip


def assessed(case: Case) -> Assessed:
    """What came where, before and after."""
    until = yesterday()
    weeks = by_week(case.about, case.begun, until)
    phase = _phases(case, weeks, until)
    own, near = weeks.of(case.cells), weeks.of(case.near)
    rows = [weeks.of(disk) for disk in case.disks]
    compared = compare(own, rows, phase, ring=near)
    others = sum(rows, np.zeros(len(weeks.starts), np.int64))
    both = None
    if compared.change is not None:
        around = weeks.of(case.beyond)
        both = weighed(own, others, near, around, phase, dispersion=compared.dispersion)
    return Assessed(
        case.begun, weeks.starts, tuple(phase), tuple(own.tolist()), tuple(others.tolist()),
        len(case.disks), compared, both, _dosage(case, weeks, phase),
    )  # fmt: skip


def _dosage(case: Case, weeks: Weeks, phase: list[int]) -> tuple[Presence, ...]:
    """None where nobody patrolled."""
    known = visits(weeks.starts[0]) if weeks.starts else []
    others = {cell for disk in case.disks for cell in disk}
    places = [(_("本区域"), set(case.cells)), (_("周边一圈"), case.near)]
    if others:
        places.append((_("对照区域"), others))
    found = [presence(words, cells, weeks.starts, phase, known) for words, cells in places]
    return tuple(found) if any(sum(one.visits) for one in found) else ()


def _phases(case: Case, weeks: Weeks, until: date) -> list[int]:
    days = case.noticed
    return phases(
        [one.toordinal() for one in weeks.starts], begun=case.begun.toordinal(),
        until=until.toordinal(), rise=(days[0].toordinal(), days[1].toordinal()) if days else None,
    )  # fmt: skip
