"""The audits of a county's forecasts, as JSON: areas against each other, and police presence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import h3.api.basic_int as h3
import numpy as np

from gongzhi.analysis.forecast import Evaluation
from gongzhi.analysis.forecast.audit import Fair, Feedback, fairness, feedback, together
from gongzhi.base.places.cells import as_text
from gongzhi.work.patrol.forecasts.counting import CALLS
from gongzhi.work.patrol.forecasts.judging import Judge, Judged
from gongzhi.work.patrol.forecasts.verdicts import Json, number

COARSE = 6
"""Resolution of the cells (36 km²) that are areas where no others are known."""
Named = Callable[[Sequence[int]], list[str]]
"""Which area each cell lies in, by its code."""


def coarse_cells(cells: Sequence[int]) -> list[str]:
    """Areas where no others are known: the coarse cell around each."""
    return [as_text(int(h3.cell_to_parent(one, COARSE))) for one in cells]


def audit(judge: Judge, judged: Judged, named: Named = coarse_cells) -> Json:
    """Of all harm together that could be judged. ``own_work``: what officers came upon, which is
    in no count."""
    harm = harm_of(judged)
    own = int(judge.panel.presence["n"].to_numpy().sum())
    if not harm:
        return {"categories": [], "areas": [], "feedback": None, "presence": own}
    held = together([one.held for one in harm.values()])
    names = named(judge.area.cells.tolist())
    codes = sorted(set(names))
    areas = np.array([codes.index(one) for one in names], np.int64)
    return {
        "categories": sorted(harm),
        "areas": [_fair(one, codes[one.area]) for one in fairness(held, areas)],
        "feedback": _fed(feedback(held, judge.present)),
        "presence": own,
    }  # fmt: skip


def harm_of(judged: Judged) -> Mapping[str, Evaluation]:
    """The kinds of harm that could be judged."""
    return {code: one for code, one in judged.items()
            if isinstance(one, Evaluation) and code != CALLS}  # fmt: skip


def _fair(one: Fair, code: str) -> Json:
    return {
        "area": code, "calls": one.calls, "seen": number(one.seen), "low": number(one.low),
        "high": number(one.high), "foretold": number(one.foretold), "first": number(one.first),
        "over": one.over, "under": one.under,
    }  # fmt: skip


def _fed(one: Feedback) -> Json:
    return {
        "told": one.told, "calls": one.calls, "weeks": one.weeks, "ratio": number(one.ratio),
        "low": number(one.low), "high": number(one.high),
    }  # fmt: skip
