"""A regularised Poisson model of what moves the whole county: calendar, festivals, weather.

It multiplies another model's rates by exp(x·b), where x is what is known of the day and the shift.
As x is the same for all cells, their sum says all that the likelihood needs to know about b, so
the model is fitted on the county's counts by shift. The penalty (ridge) is weighed by how much more
the counts scatter than Poisson's would (R. W. M. Wedderburn, "Quasi-likelihood Functions",
Biometrika 61, 1974), and its strength is chosen on the last part of the days before the origin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gongzhi.analysis.forecast.history import Known

Rates = NDArray[np.float32]
Floats = NDArray[np.float64]
STRENGTHS = (3.0, 10.0, 30.0, 100.0, 300.0, 1e3, np.inf)
"""Of the penalty; the last one leaves the rates as they are."""
LATER = 0.25
"""The last part of the days that chooses among them."""
TWO_SEASONS = 400
"""Days from which on a yearly wave can be told from a trend."""
YEAR = 365.2425
FARTHEST = 1.0
"""The most that a shift's rate is moved, up or down (natural logarithm)."""
ROUNDS = 25


@dataclass(frozen=True)
class Days:
    """What is known ahead of each day: ``flags``, 1 or 0 by day (a day off, a festival), and
    ``weather``, numbers by day as they were forecast or measured; NaN where there are none."""

    flags: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    weather: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)


def features(known: Known, days: Days, until: int) -> Floats:
    """x by day and shift, (days, shifts, features), each of mean 0 before `until`."""
    counts = known.counts
    day, shift = np.mgrid[: counts.days, : counts.shifts]
    weekday = counts.weekdays[day]
    columns = [
        (weekday == one) & (shift == two) for one in range(7) for two in range(counts.shifts)
    ]
    columns += [_by_shift(flag, shift == two) for flag in days.flags.values()
                for two in range(counts.shifts)]  # fmt: skip
    columns += [np.broadcast_to(_plain(one, until)[:, None], day.shape)
                for one in days.weather.values()]  # fmt: skip
    if until >= TWO_SEASONS:
        turn = 2 * np.pi * (counts.first + day) / YEAR
        columns += [wave(turn * many) for many in (1, 2) for wave in (np.sin, np.cos)]
    x = np.stack([np.asarray(one, float) for one in columns], axis=2)
    centred: Floats = x - x[:until].mean(axis=(0, 1))
    return centred


def _by_shift(flag: NDArray[np.float32], here: NDArray[np.bool_]) -> Floats:
    return np.asarray(flag, float)[:, None] * here


def _plain(values: NDArray[np.float32], until: int) -> Floats:
    """In standard deviations; what isn't known is as usual."""
    seen = values[:until][np.isfinite(values[:until])]
    if len(seen) < 2 or seen.std() == 0:
        return np.zeros(len(values))
    plain: Floats = (np.nan_to_num(values, nan=float(seen.mean())) - seen.mean()) / seen.std()
    return plain.clip(-4, 4)


def adjusted(known: Known, rates: Rates, days: Days, until: int, run_in: int = 28) -> Rates:
    """The rates of another model, moved by what is known of the days; fitted before `until`."""
    x = features(known, days, until)
    seen = known.counts.many.sum(axis=0, dtype=np.float64)
    offset = np.log(np.maximum(rates.sum(axis=0, dtype=np.float64), 1e-6))
    on = known.counts.known.copy()
    on[: min(run_in, until // 3)] = False
    inner = int(until * (1 - LATER))
    strength = min(STRENGTHS, key=lambda one: _loss(x, seen, offset, on, (inner, until), one))
    effects = _fit(*_rows(x, seen, offset, on, slice(0, until)), strength)
    move = np.exp((x @ effects).clip(-FARTHEST, FARTHEST)).astype(np.float32)
    moved: Rates = rates * move[None]
    return moved


def _rows(
    x: Floats, seen: Floats, offset: Floats, on: NDArray[np.bool_], days: slice
) -> tuple[Floats, Floats, Floats]:
    here = np.zeros_like(on)
    here[days] = True
    here &= on
    return x[here].reshape(-1, x.shape[2]), seen[here].reshape(-1), offset[here].reshape(-1)


def _loss(
    x: Floats,
    seen: Floats,
    offset: Floats,
    on: NDArray[np.bool_],
    days: tuple[int, int],
    strength: float,
) -> float:
    """Poisson's on the later days, of effects fitted on the earlier ones."""
    effects = _fit(*_rows(x, seen, offset, on, slice(0, days[0])), strength)
    later, y, known = _rows(x, seen, offset, on, slice(*days))
    eta = known + (later @ effects).clip(-FARTHEST, FARTHEST)
    return float((np.exp(eta) - y * eta).sum())


def _fit(x: Floats, seen: Floats, offset: Floats, strength: float) -> Floats:
    """Newton's steps for the penalised likelihood. The common level is left to the other model."""
    effects = np.zeros(x.shape[1])
    if not len(seen) or np.isinf(strength):
        return effects
    for _ in range(ROUNDS):
        mean = np.exp(offset + (x @ effects).clip(-FARTHEST, FARTHEST))
        scatter = max(1.0, float(((seen - mean) ** 2 / np.maximum(mean, 1e-6)).mean()))
        slope = x.T @ (seen - mean) / scatter - strength * effects
        bend = (x * (mean / scatter)[:, None]).T @ x + strength * np.eye(x.shape[1])
        step = np.linalg.solve(bend, slope)
        effects = effects + step
        if np.abs(step).max() < 1e-6:
            break
    return effects
