"""Which units could make a stop, when they would be there, and why others can't."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.log.actions import now
from gongzhi.work.patrol.plans.held import unfit
from gongzhi.work.patrol.plans.models import PlanUnit, Stop
from gongzhi.work.patrol.plans.routing import Misfit, best_fit, likely_place, timed, with_visit
from gongzhi.work.patrol.plans.selectors.sheet import Sheet


@dataclass(frozen=True)
class Choice:
    """A unit. ``arrives`` and ``added`` (minutes of way) where it can; else ``why`` not."""

    crew: PlanUnit
    now: bool
    arrives: datetime | None = None
    added: int = 0
    why: str = ""


def choices(stop: Stop) -> list[Choice]:
    """Every unit that rides in the right thing: those that can first, by the way it costs them."""
    sheet = Sheet(stop.plan, now())
    held = sheet.stop(stop.pk)
    if held is None or not sheet.to_come(held):
        return []
    found = [_choice(sheet, held, crew) for crew in sheet.crews if sheet.fits(crew, held)]
    return sorted(found, key=lambda one: (bool(one.why), one.added, one.crew.unit.code))


def _choice(sheet: Sheet, stop: Stop, crew: PlanUnit) -> Choice:
    run, here = sheet.run(crew, [stop]), stop.crew_id == crew.pk
    visit = sheet.visit(stop)
    fit = best_fit(run, visit, sheet.table(crew))
    if fit is not None:
        return Choice(crew, here, sheet.moment(fit.arrives), round(fit.added / 60))
    last = timed(with_visit(run, visit, likely_place(run, visit)), sheet.table(crew))
    why = str(unfit(sheet, last, stop)) if isinstance(last, Misfit) else ""
    return Choice(crew, here, why=why)
