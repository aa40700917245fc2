"""What is learnt from past calls tells each kind of call as it was, not all of them on average."""

from __future__ import annotations

import numpy as np

from gongzhi.analysis.simulation.learning import (
    Past,
    Sent,
    calibrated,
    learn,
    metres_between,
    responses,
)

DAY = 86_400.0
PLACES = metres_between(30.0 + 0.01 * np.arange(12), np.full(12, 122.1))


def past(days: int = 40) -> list[Past]:
    """Cars leave from their posts; ambulances roam, so that theirs are farther off than one
    thinks: the one that goes is never the one whose post is next."""
    dice, found = np.random.default_rng(7), []
    for n in range(days * 12):
        at, node = n * DAY / 12, int(dice.integers(12))
        medical = n % 2 == 0
        first, letter, slow = (
            (int(dice.integers(4)), "A", 1.5) if medical else (node // 3, "E", 1.0)
        )
        way = slow * (100 + 60 * abs(node - 3 * first - 1)) * float(np.exp(dice.normal(0, 0.2)))
        moved = at + 150
        sent = Sent(f"{letter}{first}", at + 90, moved, moved + way, moved + way + 1500)
        category = "medical" if medical else "fire"
        found.append(Past(at, node, category, 2, (sent,)))
    return found


def test_each_kind_of_call_has_its_own_median() -> None:
    calls = past()
    learnt = calibrated(learn(calls, PLACES), calls, 0)
    for category in ("medical", "fire"):
        mine = [one for one in calls if one.category == category]
        seen = np.median([one.response for one in mine])
        told = np.median(np.concatenate([responses(learnt, mine, 0, n) for n in range(5)]))
        assert abs(told / seen - 1) < 0.08, (category, seen, told)
