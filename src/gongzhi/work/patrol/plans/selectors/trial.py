"""What a move would do, before anybody makes it: minutes of way, what comes later or falls out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.work.patrol.plans.held import open_stop, unfit
from gongzhi.work.patrol.plans.models import PlanUnit, Stop
from gongzhi.work.patrol.plans.placing import Arranged, arranged, best_taker
from gongzhi.work.patrol.plans.routing import Misfit, Run, Seconds
from gongzhi.work.patrol.plans.selectors.sheet import Sheet

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Trial:
    """In words, a line each. ``why``: it is refused; ``anyway``: it could be done all the same, and
    what then has to go is in `lines`."""

    lines: tuple[str, ...]
    why: str = ""
    anyway: bool = False


def trial(stop: Stop, crew: PlanUnit, before: Stop | None) -> Trial:
    """What letting this unit make the stop would do. Refuses a stop that is over."""
    sheet = Sheet(stop.plan, now())
    held, taker = open_stop(sheet, stop), sheet.crew(crew.pk)
    if taker is None or not sheet.fits(taker, held):
        said = _("%(unit)s去不了这一类地方：要别的车、船，或者步巡。")
        return Trial((), said % {"unit": crew.unit})
    found = arranged(sheet, taker, held, before)
    if isinstance(found, Arranged):
        return Trial(tuple(_lines(sheet, taker, held, found)))
    why = str(unfit(sheet, found, held))
    forced = arranged(sheet, taker, held, before, anyway=True)
    if isinstance(forced, Misfit):
        return Trial((), why)
    return Trial(tuple(_lines(sheet, taker, held, forced)), why, anyway=True)


def _lines(sheet: Sheet, taker: PlanUnit, stop: Stop, found: Arranged) -> Iterator[str]:
    timings = sheet.timings(found.run, found.times)
    own = next(one for one in timings.stops if one.stop.pk == stop.pk)
    at = f"{timezone.localtime(own.arrives):%H:%M}"
    table = sheet.table(taker)
    added = _minutes(way(found.run, table) - way(sheet.run(taker), table))
    told = {"unit": taker.unit, "at": at, "n": abs(added)}
    said = _("%(unit)s %(at)s 到，多走 %(n)s 分钟。") if added >= 0 else _(
        "%(unit)s %(at)s 到，少走 %(n)s 分钟。"
    )  # fmt: skip
    yield said % told
    yield from _giver(sheet, taker, stop)
    late = [
        (one.arrives - one.stop.arrives_at) / MINUTE
        for one in timings.stops
        if one.stop.pk != stop.pk and one.stop.arrives_at and one.arrives > one.stop.arrives_at
    ]
    if late:
        yield _("它的 %(n)s 处停留推后，最多 %(most)s 分钟。") % {
            "n": len(late), "most": round(max(late)),
        }  # fmt: skip
    for rest, begins in timings.rests:
        if begins and begins != rest.begins_at:
            yield _("%(rest)s改到 %(at)s。") % {
                "rest": rest, "at": f"{timezone.localtime(begins):%H:%M}",
            }  # fmt: skip
    others = [one for one in sheet.crews if one.pk != taker.pk and not one.away]
    for one in found.out:
        other = best_taker(sheet, one, others)
        told = {"node": one.node, "unit": other[2].unit if other else ""}
        yield (_("%(node)s改由%(unit)s去。") if other else _("%(node)s没有人去了。")) % told


def _giver(sheet: Sheet, taker: PlanUnit, stop: Stop) -> Iterator[str]:
    giver = sheet.crew(stop.crew_id)
    if giver is None or giver.pk == taker.pk:
        return
    table = sheet.table(giver)
    saved = _minutes(way(sheet.run(giver), table) - way(sheet.run(giver, [stop]), table))
    yield _("%(unit)s少走 %(n)s 分钟。") % {"unit": giver.unit, "n": max(0, saved)}


def way(run: Run, seconds: Seconds) -> float:
    """Seconds on the way, to its post at last."""
    spots = [run.spot, *(one.spot for one in run.visits), run.post]
    return float(sum(seconds[a, b] for a, b in pairwise(spots)))


def _minutes(seconds: float) -> int:
    return round(seconds / 60)
