"""The whole way: what can be learnt is, noise is turned away, and odd counts are answered."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gongzhi.analysis.forecast import (
    MODELS,
    SIMPLE,
    Area,
    Days,
    Evaluation,
    Unfit,
    evaluate,
    foresee,
    split,
)
from gongzhi.analysis.forecast.distribution import crps
from tests.analysis.calls import MIDDLE, SHIFTS, County, county, even, uneven

DAYS = 300


@cache
def real() -> tuple[County, Evaluation]:
    made = uneven(DAYS, 11)
    return made, evaluate(made.counts, Days())


def test_a_real_signal_passes_the_gate() -> None:
    _, found = real()
    assert found.verdict.adopted
    assert found.used == found.candidate in MODELS
    assert found.verdict.low > 0
    assert set(found.verdict.over) == set(SIMPLE)


def test_it_comes_near_to_the_true_rates() -> None:
    """Most of what parts the best baseline from the truth is won."""
    made, found = real()
    held = found.split.holdout
    truth = float(crps(made.counts.many[:, held], made.rates[:, held], 0.0).mean())
    ours, theirs = (found.scores[way].crps for way in (found.used, found.verdict.best))
    assert truth <= ours < theirs
    assert (ours - truth) < 0.6 * (theirs - truth)


def test_its_figures_are_what_was_aimed_at() -> None:
    _, found = real()
    ours = found.scores[found.used]
    assert ours.mase < 1
    assert ours.mase_county < 1
    assert 0.88 <= ours.coverage <= 0.92
    assert 0.84 <= ours.coverage_county <= 0.96
    assert ours.crps < found.scores["climatology"].crps
    assert ours.hits[2].rate > found.scores["last_week"].hits[2].rate


def test_noise_is_turned_away() -> None:
    """Where all is the same everywhere and always, no model is let through."""
    adopted = [evaluate(even(140, seed).counts, Days()).verdict.adopted for seed in range(6)]
    assert sum(adopted) == 0


def test_the_same_counts_give_the_same_verdict() -> None:
    made, found = real()
    assert evaluate(made.counts, Days()) == found


def test_nothing_of_the_holdout_is_used_to_choose() -> None:
    made, found = real()
    many = made.counts.many.copy()
    many[:, found.split.holdout] = 1.0
    other = evaluate(made.counts.of(many, made.counts.beyond), Days())
    assert (other.candidate, other.chosen) == (found.candidate, found.chosen)


def test_all_calls_in_one_cell() -> None:
    one = Area(np.array([MIDDLE], dtype=np.int64))
    found = evaluate(county(np.full((1, 150, SHIFTS), 2.0), one, 1).counts, Days())
    assert found.scores[found.used].hits[0].rate == 1.0
    assert found.scores[found.used].hits[0].pai == 1.0


def test_a_month_in_which_nobody_counted() -> None:
    made = uneven(DAYS, 12)
    known = np.ones(DAYS, np.bool_)
    known[100:131] = False
    found = evaluate(county(made.rates, made.counts.area, 12, known).counts, Days())
    assert found.scores[found.used].level == pytest.approx(1.0, abs=0.2)


def test_too_little_is_said_in_words() -> None:
    with pytest.raises(Unfit, match="83 whole days are too few: 84 are needed"):
        split(83)
    with pytest.raises(Unfit, match="are too few to judge by"):
        evaluate(even(140, 1, a_day=0.004).counts, Days())
    known = np.ones(140, np.bool_)
    known[115:] = False
    made = uneven(140, 13)
    with pytest.raises(Unfit, match=r"too few to judge by|judge by, there is no call"):
        evaluate(county(made.rates, made.counts.area, 13, known).counts, Days())


def test_a_quarter_is_held_back_in_whole_weeks() -> None:
    for days in (112, 257, 366, 1200):
        cut = split(days)
        held = cut.holdout.stop - cut.holdout.start
        assert held % 7 == 0
        assert 28 <= held <= 182
        assert cut.holdout.stop == days
        assert [one.stop for one in cut.validation[:-1]] == [
            one.start for one in cut.validation[1:]
        ]
        assert cut.validation[-1].stop == cut.holdout.start
        assert cut.validation[0].start >= 56


def test_the_days_to_come_are_foretold_with_their_bounds() -> None:
    """Bounds hold what came, and the rates are near to the true ones."""
    made, found = real()
    short = made.counts.of(made.counts.many[:, :-7], made.counts.beyond[:-7])
    short = replace(short, known=short.known[:-7])
    seen = foresee(short, Days(), found.recipe, ahead=7)
    assert seen.rates.shape == seen.cells.low.shape == (len(short.area), 7, SHIFTS)
    assert seen.first == short.first + short.days
    assert seen.way == found.used
    truth = made.rates[:, -7:]
    assert seen.rates.sum() == pytest.approx(truth.sum(), rel=0.2)
    assert np.corrcoef(seen.rates.ravel(), truth.ravel())[0, 1] > 0.95
    came = made.counts.many[:, -7:]
    total = came.sum(axis=0)
    assert seen.county.low.shape == total.shape
    assert ((total >= seen.county.low) & (total <= seen.county.high)).mean() > 0.7
    assert ((came >= seen.cells.low) & (came <= seen.cells.high)).mean() > 0.85
