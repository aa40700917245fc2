"""The next days, by what the gate let through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow.compute as pc
from django.conf import settings

from gongzhi.analysis.forecast import Area, Counts, Days, area_of, counting, counts_of, foresee
from gongzhi.analysis.forecast import Outlook as Foreseen
from gongzhi.base.log.actions import now
from gongzhi.work.patrol.forecasts.counting import ONE_DAY, Panel
from gongzhi.work.patrol.forecasts.county import AHEAD, SHIFTS, known_until
from gongzhi.work.patrol.forecasts.days import days_ahead
from gongzhi.work.patrol.forecasts.models import (
    BOUNDS,
    CELLS,
    RATES,
    Judgement,
    Outlook,
    packed,
)
from gongzhi.work.patrol.forecasts.stored import from_json
from gongzhi.work.patrol.forecasts.verdicts import Json, number

MOST = np.iinfo(BOUNDS).max


def outlooks_of(judgement: Judgement, last: date, ahead: int = AHEAD) -> list[Outlook]:
    """Of so many days after this one, not saved: each kind that the judgement says something
    of."""
    usable = {code: one for code, one in judgement.categories.items() if one["used"]}
    if not usable:
        return []
    panel = known_until(last).panel
    area = area_of(panel.table["cell"].to_numpy(), panel.table["n"].to_numpy())
    days = days_ahead(panel.first, panel.days + ahead, str(settings.TIME_ZONE), None)
    return [
        row
        for code, one in usable.items()
        for row in _of(judgement, code, one, _seen(_counts(panel, area, code), one, days, ahead))
    ]


def _seen(counts: Counts, verdict: Json, days: Days, ahead: int) -> tuple[Area, Foreseen]:
    return counts.area, foresee(counts, days, from_json(verdict["recipe"]), ahead=ahead)


def _counts(panel: Panel, area: Area, code: str) -> Counts:
    first = int(np.datetime64(panel.first).astype(int))
    rows = panel.table.filter(pc.equal(panel.table["category"], code))
    days = range(first, first + panel.days)
    return counts_of(rows, area, days, len(SHIFTS), counting(panel.daily))


def _of(
    judgement: Judgement, code: str, verdict: Mapping[str, object], seen: tuple[Area, Foreseen]
) -> list[Outlook]:
    area, foreseen = seen
    first, cells = date(1970, 1, 1) + foreseen.first * ONE_DAY, packed(area.cells, CELLS)
    return [
        Outlook(
            judgement=judgement, category=code, day=first + day * ONE_DAY, ahead=day + 1,
            way=foreseen.way, adopted=bool(verdict["adopted"]), made_at=now(),
            shifts=len(SHIFTS), cells=cells, expected=packed(foreseen.rates[:, day], RATES),
            low=packed(foreseen.cells.low[:, day].clip(0, MOST), BOUNDS),
            high=packed(foreseen.cells.high[:, day].clip(0, MOST), BOUNDS),
            county=_county(foreseen, day),
        )
        for day in range(foreseen.rates.shape[1])
    ]  # fmt: skip


def _county(foreseen: Foreseen, day: int) -> list[list[float | None]]:
    whole = foreseen.rates[:, day].sum(axis=0, dtype=np.float64)
    low, high = foreseen.county.low[day], foreseen.county.high[day]
    return [[number(float(one)) for one in shift] for shift in zip(whole, low, high, strict=True)]
