"""Giving stops to units, or to nobody, while a plan is held: parts of actions, and what they would
do, for whoever asks first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongzhi.work.patrol.plans.held import write_timings
from gongzhi.work.patrol.plans.models import PlanUnit, Stop
from gongzhi.work.patrol.plans.routing import (
    Fit,
    Misfit,
    Run,
    Times,
    best_fit,
    likely_place,
    timed,
    with_visit,
)
from gongzhi.work.patrol.plans.selectors.sheet import Sheet


@dataclass(frozen=True)
class Arranged:
    """A unit's run with one stop more, and the stops that had to go for it."""

    run: Run
    times: Times
    out: tuple[Stop, ...] = ()


def arranged(
    sheet: Sheet, crew: PlanUnit, stop: Stop, before: Stop | None, *, anyway: bool = False
) -> Arranged | Misfit:
    """The unit's run with the stop before another one, or where it costs the least way; or why that
    can't be. ``anyway``: what doesn't fit beside it any more goes, as little as may be."""
    run, table = _with(sheet, crew, stop, before), sheet.table(crew)
    times, out = timed(run, table), []
    first = times
    while isinstance(times, Misfit):
        gone = _in_the_way(sheet, run, times, stop) if anyway else None
        if gone is None:
            assert isinstance(first, Misfit)  # noqa: S101  (else it fitted at once)
            return first
        out.append(gone)
        run = replace(run, visits=tuple(one for one in run.visits if one.key != gone.pk))
        times = timed(run, table)
    return Arranged(run, times, tuple(out))


def _with(sheet: Sheet, crew: PlanUnit, stop: Stop, before: Stop | None) -> Run:
    """Before another one, else where it costs the least, else where its hours have it."""
    run, visit = sheet.run(crew, [stop]), sheet.visit(stop)
    keys = [one.key for one in run.visits]
    if before is not None and before.pk in keys:
        return with_visit(run, visit, keys.index(before.pk))
    fit = best_fit(run, visit, sheet.table(crew))
    return with_visit(run, visit, fit.place if fit else likely_place(run, visit))


def _in_the_way(sheet: Sheet, run: Run, misfit: Misfit, stop: Stop) -> Stop | None:
    """What goes first: the visit that can't be made any more; else, of those that nobody pinned,
    the one worth least. None where there is nothing to be let go."""
    if misfit.why == "unreachable":
        return None
    others = [one for visit in run.visits if (one := sheet.stop(visit.key)) and one.pk != stop.pk]
    free = [one for one in others if not one.pinned]
    if misfit.visit is not None and misfit.visit.key != stop.pk:
        return next((one for one in free if one.pk == misfit.visit.key), None)
    return min(free, key=lambda one: (weight(one), -one.place), default=None)


def weight(stop: Stop) -> int:
    """What a visit there is worth beside others."""
    return stop.node.kind.weight if stop.node.kind else 1


def best_taker(
    sheet: Sheet, stop: Stop, crews: Sequence[PlanUnit]
) -> tuple[Fit, Run, PlanUnit] | None:
    """The one of these units for which the stop costs the least way, and where in its run; None
    where it fits nowhere."""
    visit, found = sheet.visit(stop), []
    for n, crew in enumerate(crews):
        if sheet.fits(crew, stop):
            run = sheet.run(crew, [stop])
            fit = best_fit(run, visit, sheet.table(crew))
            if fit is not None:
                found.append((fit.added, n, fit, run, crew))
    return min(found, key=lambda one: one[:2])[2:] if found else None


def place_best(sheet: Sheet, stop: Stop, crews: Sequence[PlanUnit]) -> PlanUnit | None:
    """Give the stop to the one of these units for which it costs the least way; None where it fits
    nowhere. Inside an action."""
    found = best_taker(sheet, stop, crews)
    if found is None:
        return None
    fit, run, crew = found
    run = with_visit(run, sheet.visit(stop), fit.place)
    times = timed(run, sheet.table(crew))
    assert not isinstance(times, Misfit)  # noqa: S101  (it fits: that is how it was found)
    stop.crew, stop.left_out, stop.rather = crew, "", None
    stop.save(update_fields=["crew", "left_out", "rather"])
    write_timings(sheet.timings(run, times))
    sheet.stops.sort(key=lambda one: (one.place, one.pk))
    return crew


def leave_out(stop: Stop, why: str) -> None:
    """Nobody goes there, for this reason. Inside an action."""
    stop.crew, stop.arrives_at, stop.leaves_at = None, None, None
    stop.left_out, stop.pinned, stop.place = why, False, 0
    stop.save(
        update_fields=["crew", "arrives_at", "leaves_at", "left_out", "pinned", "place"]
    )  # fmt: skip
