"""What a survey says of all whose matters came to an end, and of whom it can't say anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.analysis.disclosure import STEP
from gongzhi.analysis.outcomes.weights import Estimate, rake, weighted_share
from gongzhi.watch.outcomes.models import Survey
from gongzhi.work.participation.selectors.said import GOOD

LEAST = 20
"""Of fewer answers nothing is told."""
Cells = Mapping[tuple[str, str, str], list[tuple[bool, int, int]]]


@dataclass(frozen=True)
class Result:
    """A survey in numbers: how many there were, were drawn and answered (the last in steps of
    five), the part that answered, and the estimates; None for too few."""

    survey: Survey
    answered: int
    rate: float | None
    solved: Estimate | None
    good: Estimate | None
    plain_solved: float | None
    """Without weights, so that one sees what they do."""
    weights: tuple[float, float] | None = None
    """The lightest and the heaviest answer, of a mean of one."""

    @property
    def percent(self) -> dict[str, str]:
        """Shares as they are shown."""
        return {
            "rate": f"{(self.rate or 0.0) * 100:.0f}",
            "solved": bounded(self.solved), "good": bounded(self.good),
            "plain": f"{(self.plain_solved or 0.0) * 100:.0f}%",
            "lightest": f"{(self.weights or (1, 1))[0]:.1f}",
            "heaviest": f"{(self.weights or (1, 1))[1]:.1f}",
        }  # fmt: skip


def bounded(one: Estimate | None) -> str:
    """``84%（80% 到 88%）``; "" for none."""
    if one is None:
        return ""
    told = {key: f"{getattr(one, key) * 100:.0f}%" for key in ("value", "low", "high")}
    return _("%(value)s（%(low)s 到 %(high)s）") % told


def result_of(survey: Survey) -> Result:
    """For everybody. While it runs, only how many answered, in steps of five."""
    cells = cells_of(survey)
    answers = sum(n for told in cells.values() for _solved, _stars, n in told)
    shown = answers // STEP * STEP
    rate = shown / survey.drawn if survey.drawn else None
    if answers < LEAST or survey.running:
        return Result(survey, shown, rate, None, None, None)
    counts = {key: float(sum(n for _s, _g, n in told)) for key, told in cells.items()}
    weights = rake(counts, survey.margins)
    solved = {key: sum(n for yes, _g, n in told if yes) for key, told in cells.items()}
    good = {key: sum(n for _s, stars, n in told if stars >= GOOD) for key, told in cells.items()}

    def estimate(yes: Mapping[tuple[str, str, str], int]) -> Estimate | None:
        told = [(weights[key], int(counts[key]), yes[key]) for key in counts]
        return weighted_share(told, survey.frame)

    plain = sum(solved.values()) / answers
    spread = min(weights.values()), max(weights.values())
    return Result(survey, shown, rate, estimate(solved), estimate(good), plain, spread)


def cells_of(survey: Survey) -> Cells:
    """Kind, channel and town → solved or not, stars, how many said so."""
    found: dict[tuple[str, str, str], list[tuple[bool, int, int]]] = defaultdict(list)
    for key, n in survey.cells.items():
        kind, channel, town, solved, stars = key.split("|")
        found[kind, channel, town].append((solved == "yes", int(stars), n))
    return found
