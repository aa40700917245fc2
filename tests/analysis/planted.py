"""Facts of a county that never was, with series planted among them."""

from __future__ import annotations

import numpy as np

from gongzhi.analysis.linkage import Fact

DAY = 86_400.0
STEPS = 5
"""Facts of a planted series."""


def planted(many: int, *, days: int, series: int, seed: int = 0) -> list[Fact]:
    """``many`` facts by chance, keys from 0 on, around places; then ``series`` of five, keys
    from ``many`` on: some days and some hundred metres apart, at one hour, with words in common."""
    dice = np.random.default_rng(seed)
    hubs, weight = dice.uniform(0, 1, (60, 2)), dice.lognormal(0, 1.2, 60)
    hub = hubs[dice.choice(60, many, p=weight / weight.sum())]
    share = 1 / np.arange(1, 31)
    kinds = dice.choice(30, many, p=share / share.sum())
    facts = []
    for key in range(many):
        lat = 28.8 + 0.3 * hub[key, 0] + dice.normal(0, 0.006)
        lon = 123.8 + 0.4 * hub[key, 1] + dice.normal(0, 0.006)
        entry = int(dice.integers(0, 4))
        facts.append(_fact(dice, key, int(kinds[key]), dice.uniform(0, days), lat, lon, entry))
    for number in range(series):
        facts += _series(dice, many + number * STEPS, facts[int(dice.integers(0, many))], days)
    return facts


def _series(dice: np.random.Generator, first: int, around: Fact, days: int) -> list[Fact]:
    assert around.lat is not None
    assert around.lon is not None
    begin, hour = int(dice.uniform(0, days - 20)), dice.uniform(0, 24)
    kind = int(dice.integers(5, 25))
    common = frozenset({900_000 + first, 910_000 + first, 920_000 + first})
    common |= frozenset((kind * 100_000 + dice.integers(0, 60, 12)).tolist())
    return [
        _fact(
            dice, first + step, kind, begin + 3 * step + hour / 24 + dice.normal(0, 0.03),
            around.lat + dice.normal(0, 0.003), around.lon + dice.normal(0, 0.003), 1, common,
        )
        for step in range(STEPS)
    ]  # fmt: skip


def _fact(
    dice: np.random.Generator, key: int, kind: int, day: float, lat: float, lon: float, entry: int,
    common: frozenset[int] = frozenset(),
) -> Fact:  # fmt: skip
    said = {int(one) for one in dice.zipf(1.3, 25) % 20_000} | common
    if not common:
        said |= {int(one) for one in kind * 100_000 + dice.integers(0, 60, 12)}
    return Fact(
        key, day * DAY, (day % 1) * 24, f"k{kind}", f"g{kind // 4}", lat, lon,
        frozenset({f"entry={entry}"}), tuple(sorted(said)),
    )  # fmt: skip
