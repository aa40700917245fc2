"""Giving one stop to a unit, or to nobody, while a plan is held: parts of actions."""

from __future__ import annotations

from gongzhi.work.patrol.plans.held import write_timings
from gongzhi.work.patrol.plans.models import PlanUnit, Stop
from gongzhi.work.patrol.plans.routing import Misfit, best_fit, timed, with_visit
from gongzhi.work.patrol.plans.selectors.sheet import Sheet


def place_best(sheet: Sheet, stop: Stop, crews: list[PlanUnit]) -> PlanUnit | None:
    """Give the stop to the one of these units for which it costs the least way; None where it fits
    nowhere. Inside an action."""
    visit, found = sheet.visit(stop), []
    for n, crew in enumerate(crews):
        if sheet.fits(crew, stop):
            run = sheet.run(crew, [stop])
            fit = best_fit(run, visit, sheet.table(crew))
            if fit is not None:
                found.append((fit.added, n, fit, run, crew))
    if not found:
        return None
    _added, _n, fit, run, crew = min(found, key=lambda one: one[:2])
    run = with_visit(run, visit, fit.place)
    times = timed(run, sheet.table(crew))
    assert not isinstance(times, Misfit)  # noqa: S101  (it fits: that is how it was found)
    stop.crew, stop.left_out, stop.rather = crew, "", None
    stop.save(update_fields=["crew", "left_out", "rather"])
    timings = sheet.timings(run, times)
    write_timings(timings)
    sheet.stops.sort(key=lambda one: (one.place, one.pk))
    return crew


def leave_out(stop: Stop, why: str) -> None:
    """Nobody goes there, for this reason. Inside an action."""
    stop.crew, stop.arrives_at, stop.leaves_at = None, None, None
    stop.left_out, stop.pinned, stop.place = why, False, 0
    stop.save(
        update_fields=["crew", "arrives_at", "leaves_at", "left_out", "pinned", "place"]
    )  # fmt: skip
