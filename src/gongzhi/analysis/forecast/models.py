"""Every way to forecast, baselines and models, from the same counts and for the same days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.baselines import BANDWIDTHS, BASELINES, density
from gongzhi.analysis.forecast.combining import blend
from gongzhi.analysis.forecast.counts import Counts
from gongzhi.analysis.forecast.exciting import Traces, likeliest, self_exciting
from gongzhi.analysis.forecast.level import followed
from gongzhi.analysis.forecast.regression import Days, adjusted

Rates = NDArray[np.float32]
Floats = NDArray[np.float64]
KDE = "kde"
SIMPLE = (*BASELINES, KDE)
"""The baselines, by the names that reports use."""
EXCITING, REGRESSION, COMBINATION = "self_exciting", "regression", "combination"
MODELS = (EXCITING, REGRESSION, COMBINATION)
EVEN = (0.003, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7)
"""What part of a baseline is strewn evenly over the county, so that it says of no place that
nothing can happen there; the best one on the validation is taken, as a friend of the baseline
would."""
SOME = np.float32(1e-6)
CALLS = 30.0
"""So many calls more on the validation's last part are needed before the combination leaves its
prior, which is even."""


@dataclass(frozen=True)
class Chosen:
    """What the validation days chose: the density map's bandwidth, each baseline's even part, and
    the combination's weights."""

    bandwidth: float
    even: Mapping[str, float]
    shares: Mapping[str, float]


def foretold(
    traces: Traces, days: Days, until: int, over: slice, bandwidths: tuple[float, ...] = BANDWIDTHS
) -> dict[str, Rates]:
    """The rates of these days (cells, days, shifts) by every way but the combination, what has to
    be fitted being fitted on the days before `until`. Density maps: "kde" and the bandwidth."""
    known = traces.known
    found = {code: make(known, until)[:, over] for code, make in BASELINES.items()}
    for bandwidth in bandwidths:
        found[f"{KDE}{bandwidth:g}"] = density(known, until, bandwidth, over)
    exciting = followed(known, self_exciting(traces, until), until)
    found[EXCITING] = exciting[:, over]
    found[REGRESSION] = adjusted(known, exciting, days, until)[:, over]
    return found


def choose(counts: Counts, seen: NDArray[np.float32], rates: Mapping[str, Rates]) -> Chosen:
    """From the rates that were foretold of the validation days, and what was `seen`."""
    even = {code: _evenness(seen, rates[code]) for code in rates if code not in MODELS}
    loss = {code: _loss(seen, _strewn(rates[code], part)) for code, part in even.items()}
    bandwidth = min(BANDWIDTHS, key=lambda one: loss[f"{KDE}{one:g}"])
    even[KDE] = even[f"{KDE}{bandwidth:g}"]
    parts = members(rates, bandwidth, even)
    validation = Counts(counts.area, 0, seen, np.zeros(seen.shape[1:], np.float32),
                        np.ones(seen.shape[1], np.bool_))  # fmt: skip
    shares = likeliest(validation, tuple(_levelled(parts).values()), slice(None), CALLS)
    kept = {code: even[code] for code in SIMPLE}
    whole = (shares / shares.sum()).tolist()
    return Chosen(bandwidth, kept, dict(zip(parts, whole, strict=True)))


def members(
    rates: Mapping[str, Rates], bandwidth: float, even: Mapping[str, float]
) -> dict[str, Rates]:
    """The baselines as the validation chose them, and the models that are fitted."""
    of = {KDE: f"{KDE}{bandwidth:g}"}
    simple = {code: _strewn(rates[of.get(code, code)], even[code]) for code in SIMPLE}
    return {**simple, EXCITING: rates[EXCITING], REGRESSION: rates[REGRESSION]}


def settled(rates: Mapping[str, Rates], chosen: Chosen) -> dict[str, Rates]:
    """Every way, the combination included."""
    parts = members(rates, chosen.bandwidth, chosen.even)
    level = _levelled(parts)
    together = blend([*level.values()], np.array([chosen.shares[code] for code in level]))
    return {**parts, COMBINATION: together}


def _levelled(parts: Mapping[str, Rates]) -> dict[str, Rates]:
    """All with the regression's total of each shift: how many calls come is its business, the
    combination says where."""
    total = parts[REGRESSION].sum(axis=0)
    found = {}
    for code, rates in parts.items():
        own = rates.sum(axis=0)
        found[code] = np.where(own > SOME, rates * (total / np.maximum(own, SOME)),
                               total / len(rates))  # fmt: skip
    return found


def _strewn(rates: Rates, part: float) -> Rates:
    strewn: Rates = (1 - np.float32(part)) * rates + np.float32(part) * rates.mean(axis=0)
    return strewn


def _evenness(seen: NDArray[np.float32], rates: Rates) -> float:
    return min(EVEN, key=lambda part: _loss(seen, _strewn(rates, part)))


def _loss(seen: NDArray[np.float32], rates: Rates) -> float:
    """Poisson's, which asks for the means alone."""
    had = seen > 0
    likely = float((seen[had] * np.log(np.maximum(rates[had], 1e-12))).sum(dtype=np.float64))
    return float(rates.sum(dtype=np.float64)) - likely
