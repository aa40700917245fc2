"""Rolling origins, a holdout that nothing has touched, and what the gate says of it.

The days are cut in three: training, validation (three origins, one after the other, each fitted on
all days before it), and the holdout. Weights, bandwidths, dispersions and the levels of intervals
are chosen on the validation; the one model that did best there is the candidate, and only it
stands before the gate. Rates of a day always rest on days up to `ahead` before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.calibration import calibrate
from gongzhi.analysis.forecast.counts import Counts, Unfit
from gongzhi.analysis.forecast.distribution import crps
from gongzhi.analysis.forecast.exciting import Traces
from gongzhi.analysis.forecast.gate import Verdict, judge
from gongzhi.analysis.forecast.held import Held, Recipe, held_back
from gongzhi.analysis.forecast.history import Known
from gongzhi.analysis.forecast.measuring import Bench, Scores
from gongzhi.analysis.forecast.models import (
    MODELS,
    SIMPLE,
    Chosen,
    choose,
    foretold,
    settled,
)
from gongzhi.analysis.forecast.regression import Days

Rates = NDArray[np.float32]
Floats = NDArray[np.float64]
LEAST_DAYS = 84
LEAST_CALLS = 100
"""Before the holdout; and a third of it on the holdout."""
HALF = 0.5
"""Of the days: so many have to be counted."""
ORIGINS = 3
WEEK = 7
Told = Callable[[str], None]


@dataclass(frozen=True)
class Split:
    """Training is what comes before the first of `validation`."""

    validation: tuple[slice, ...]
    holdout: slice


@dataclass(frozen=True)
class Evaluation:
    """What came of it. ``candidate``: the model that stood before the gate; ``used``: what is to
    be used, the candidate or a baseline."""

    split: Split
    chosen: Chosen
    candidate: str
    verdict: Verdict
    scores: Mapping[str, Scores]
    calls: int
    held_back: int
    cells: int
    recipe: Recipe
    """What the days to come are foretold by."""
    held: Held = field(compare=False)
    """By cell and week, what was foretold so of the weeks held back, and what came."""

    @property
    def used(self) -> str:
        """The candidate if the gate let it through, otherwise the best baseline."""
        return self.recipe.way


def split(days: int) -> Split:
    """Which days are for what: about a quarter is held back, in whole weeks. Raises `Unfit`."""
    if days < LEAST_DAYS:
        raise Unfit("few_days", days=days, least=LEAST_DAYS)
    held = WEEK * min(max(round(days / 4 / WEEK), 4), 26)
    fold = WEEK * max(1, round(0.07 * days / WEEK))
    end = days - held
    starts = [end - fold * (ORIGINS - n) for n in range(ORIGINS)]
    return Split(tuple(slice(one, one + fold) for one in starts), slice(end, days))


def evaluate(
    counts: Counts,
    days: Days,
    *,
    ahead: int = 1,
    margin: float = 0.0,
    seed: int = 0,
    told: Told = lambda _: None,
) -> Evaluation:
    """Fit, choose, judge. Raises `Unfit` where there is too little to judge by."""
    cut = split(counts.days)
    _enough(counts, cut)
    known = Known(counts, ahead)
    traces, folds = Traces(known), []
    for n, fold in enumerate(cut.validation, 1):
        told(f"origin {n} of {ORIGINS}")
        folds.append(foretold(traces, days, fold.start, fold))
    rates = {code: np.concatenate([one[code] for one in folds], axis=1) for code in folds[0]}
    over = slice(cut.validation[0].start, cut.validation[-1].stop)
    kept = counts.known[over]
    rates = {code: one[:, kept] for code, one in rates.items()}
    seen = counts.many[:, over][:, kept]
    chosen = choose(counts, seen, rates)
    before = settled(rates, chosen)
    told("holdout")
    after = settled(
        foretold(traces, days, cut.holdout.start, cut.holdout, (chosen.bandwidth,)), chosen
    )
    return _judged(Bench(known, cut.holdout, seed), margin, chosen, (seen, before), after)


def _enough(counts: Counts, cut: Split) -> None:
    known, held = counts.known, cut.holdout
    before = float(counts.many[:, : held.start].sum())
    after = float(counts.many[:, held].sum())
    if before < LEAST_CALLS or after < LEAST_CALLS // 3:
        calls, least = int(before + after), LEAST_CALLS
        raise Unfit("few_calls", calls=calls, least=least, held=least // 3)
    choosing = slice(cut.validation[0].start, held.start)
    parts = {"learn from": slice(0, held.start), "choose by": choosing, "judge by": held}
    for what, part in parts.items():
        if known[part].mean() < HALF:
            raise Unfit("silent", part=what)


def _judged(
    bench: Bench,
    margin: float,
    chosen: Chosen,
    validation: tuple[Rates, Mapping[str, Rates]],
    after: Mapping[str, Rates],
) -> Evaluation:
    counts, (seen, before) = bench.known.counts, validation
    cells = {code: calibrate(seen, one) for code, one in before.items()}
    whole = seen.sum(axis=0, dtype=np.float64)
    county = {code: (whole, one.sum(axis=0, dtype=np.float64)) for code, one in before.items()}
    loss = {code: float(crps(seen, before[code], cells[code].spread).sum()) for code in MODELS}
    candidate = min(MODELS, key=lambda code: loss[code])
    weeks = {code: bench.weeks(after[code], cells[code]) for code in SIMPLE}
    verdict = judge(
        bench.weeks(after[candidate], cells[candidate]), weeks, margin=margin, seed=bench.seed
    )
    scores = {code: bench.scores(one, cells[code], county[code]) for code, one in after.items()}
    calls = int(counts.many.sum() + counts.beyond.sum())
    used = candidate if verdict.adopted else verdict.best
    total, whole = (one[:, bench.on].sum(axis=0) for one in (bench.seen, after[used]))
    recipe = Recipe(used, chosen, cells[used], calibrate(total, whole.astype(float)))
    return Evaluation(
        split(counts.days), chosen, candidate, verdict, scores, calls, int(bench.seen.sum()),
        len(counts.area), recipe, held_back(bench.seen, after[used], bench.on),
    )  # fmt: skip
