"""Each kind of the county's calls before the gate, and the audits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

from django.conf import settings

from gongzhi.analysis.forecast import Evaluation, Unfit, split
from gongzhi.base.log.actions import now
from gongzhi.base.places.cell_names import towns_of
from gongzhi.work.patrol.forecasts.audits import audit, coarse_cells
from gongzhi.work.patrol.forecasts.counting import ONE_DAY
from gongzhi.work.patrol.forecasts.county import AHEAD, SHIFTS, Known, basis, known_until
from gongzhi.work.patrol.forecasts.days import days_ahead
from gongzhi.work.patrol.forecasts.judging import Judge
from gongzhi.work.patrol.forecasts.models import Judgement
from gongzhi.work.patrol.forecasts.stored import as_json
from gongzhi.work.patrol.forecasts.verdicts import Json, verdict_of


def judgement_of(last: date) -> Judgement:
    """The judgement on all days up to this one, not saved; where nothing can be said, why."""
    began = time.perf_counter()
    found = Judgement(at=now(), last_day=last, basis=basis())
    try:
        _judge(found, last)
    except Unfit as unfit:
        found.why_code, found.why_facts = unfit.code, unfit.facts
    found.seconds = round(time.perf_counter() - began, 2)
    return found


def _judge(found: Judgement, last: date) -> None:
    known = known_until(last)
    panel = known.panel
    found.first_day, found.days, found.rows = panel.first, panel.days, _rows(known)
    cut = split(panel.days)
    found.held_from = panel.first + cut.holdout.start * ONE_DAY
    days = days_ahead(panel.first, panel.days, str(settings.TIME_ZONE), None)
    judge = Judge(panel, cut, days, len(SHIFTS), AHEAD, seed=0)
    judged = judge.judge()
    found.cells = len(judge.area)
    found.categories = {
        code: _kept(code, one, judge.calls(code)) for code, one in sorted(judged.items())
    }
    found.audit = audit(judge, judged, areas_for)


def _kept(code: str, one: Evaluation | Unfit, calls: int) -> Json:
    recipe = {"recipe": as_json(one.recipe)} if isinstance(one, Evaluation) else {}
    return verdict_of(code, one, calls) | recipe


def _rows(known: Known) -> Json:
    read = known.read
    left = {"own_work": read.out["own_work"], "no_place": read.out["no_place"]}
    return {"read": read.rows, "counted": known.panel.counted, "days": known.panel.days,
            "not_listed": sum(read.not_listed.values()), **left}  # fmt: skip


def areas_for(cells: Sequence[int]) -> list[str]:
    """The town of each cell by its code, "" for those in none; where no towns are known, the
    coarse cell."""
    towns = towns_of(cells)
    return [town.code if town else "" for town in towns] if any(towns) else coarse_cells(cells)
