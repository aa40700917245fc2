"""A survey by unit: counts beside the whole, never crossed with kind, channel or town."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongzhi.analysis.outcomes.weights import Estimate, weighted_share
from gongzhi.base.people.models import Unit
from gongzhi.watch.outcomes.models import Survey
from gongzhi.watch.outcomes.survey.frame import Case
from gongzhi.watch.outcomes.survey.results import LEAST, bounded
from gongzhi.work.participation.selectors.said import GOOD

Counts = Mapping[str, Sequence[int]]
FRAME, DRAWN, ANSWERED, SOLVED, STARRED = range(5)


@dataclass(frozen=True)
class UnitResult:
    """A unit's own answers, not weighted; estimates are None where there are too few to say."""

    name: str
    frame: int
    drawn: int
    answered: int
    solved: Estimate | None
    good: Estimate | None

    @property
    def rate(self) -> str:
        """The part that answered, as it is shown."""
        return f"{self.answered / self.drawn * 100:.0f}%" if self.drawn else "—"

    @property
    def solved_words(self) -> str:
        """With its bounds; "" for too few."""
        return bounded(self.solved)

    @property
    def good_words(self) -> str:
        """With its bounds; "" for too few."""
        return bounded(self.good)


def units_of(frame: Iterable[Case], chosen: Iterable[Case]) -> dict[str, list[int]]:
    """For each unit how many could have been drawn and how many were; nobody has answered yet."""
    there, drawn = Counter(one.unit for one in frame), Counter(one.unit for one in chosen)
    return {f"{unit}": [there[unit], drawn[unit], 0, 0, 0] for unit in sorted(there)}


def with_answer(
    units: Counts, unit: int | None, *, solved: bool, stars: int
) -> dict[str, list[int]]:
    """The same with one more answer."""
    found = {key: list(counts) for key, counts in units.items()}
    counts = found.get(f"{unit}")
    if counts is not None:
        for place, more in ((ANSWERED, 1), (SOLVED, solved), (STARRED, stars >= GOOD)):
            counts[place] += int(more)
    return found


def by_unit(survey: Survey) -> list[UnitResult]:
    """Each unit by its name: it is no ranking. Nothing while it runs. One query."""
    if survey.running:
        return []
    names = {f"{one.pk}": str(one) for one in Unit.objects.filter(pk__in=survey.units)}
    rows = [_result(names.get(key, key), counts) for key, counts in survey.units.items()]
    return sorted(rows, key=lambda one: one.name.encode("gb18030"))


def _result(name: str, counts: Sequence[int]) -> UnitResult:
    def share(yes: int) -> Estimate | None:
        if counts[ANSWERED] < LEAST:
            return None
        return weighted_share([(1.0, counts[ANSWERED], yes)], counts[FRAME])

    return UnitResult(
        name, counts[FRAME], counts[DRAWN], counts[ANSWERED], share(counts[SOLVED]),
        share(counts[STARRED]),
    )  # fmt: skip
