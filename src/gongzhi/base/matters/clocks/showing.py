"""Clocks as pages show them: words, due time, the rule they stand on, and the sum."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.calendar.due import reckon
from gongzhi.base.calendar.sentences import explanation
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.clocks.sources import TARGET
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.ui.parts import Clock


def clocks_of(matter: Matter) -> list[Clock]:
    """All clocks of one matter, for its page: running ones first, custody before the others
    and the soonest at the top, then those that were met or missed, the latest first. One query.

    What lapsed is left out, and what never ends.
    """
    return shown(matter.clocks.all())


def shown(rows: QuerySet[ClockRun]) -> list[Clock]:
    """These runs, in that order."""
    runs = rows.exclude(outcome=ClockRun.Outcome.LAPSED).select_related("party")
    running = [run for run in runs if run.stopped_at is None]
    stopped = [run for run in runs if run.stopped_at is not None]
    return [
        *sorted(_shown(running), key=_most_pressing),
        *sorted(_shown(stopped), key=lambda clock: clock.stopped_at or clock.due_at, reverse=True),
    ]


def running_clocks(matters: Collection[int]) -> dict[int, list[Clock]]:
    """The running clocks of many matters by their id, for a list: the soonest first, and an empty
    list for a matter without any. One query, however many they are.
    """
    found: dict[int, list[Clock]] = {pk: [] for pk in matters}
    runs = ClockRun.objects.filter(matter__in=found, stopped_at__isnull=True)
    runs = runs.select_related("party")
    for run in runs:
        found[run.matter_id].extend(_shown([run]))
    for clocks in found.values():
        clocks.sort(key=_most_pressing)
    return found


def _most_pressing(clock: Clock) -> tuple[bool, bool, datetime]:
    """Custody before everything else, then the soonest; last what is never late."""
    return not clock.custody, clock.never_late, clock.due_at


def _shown(runs: Iterable[ClockRun]) -> list[Clock]:
    clocks = (_clock(run) for run in runs)
    return [clock for clock in clocks if clock is not None]


def _clock(run: ClockRun) -> Clock | None:
    due_at = run.due_at or run.opens_at or _due_if_resumed(run)
    if due_at is None:
        return None
    item, english = run.clock_item, (get_language() or "").startswith("en")
    return Clock(
        words=str(item.name) if item else _named(run),
        due_at=due_at,
        started_at=run.started_at,
        stopped_at=run.stopped_at,
        basis=run.basis_en if english else run.basis_zh,
        sum=explanation(run.due.steps),
        paused=run.due_at is None and run.opens_at is None,
        kind=item.kind if item else "wait" if run.opens_at else "deadline",
        custody=item is not None and item.custody,
        whose=run.party.label if run.party else "",
        party=run.party_id,
    )


def _named(run: ClockRun) -> str:
    return _("来源写明的期限") if run.clock == TARGET else run.clock


def _due_if_resumed(run: ClockRun) -> datetime | None:
    """While it is held there is no due time; the one it would have if counting went on now."""
    counting = run.due.counting
    spans = counting.suspended
    if all(span.until for span in spans):
        return None
    ended = tuple(span if span.until else replace(span, until=now()) for span in spans)
    return reckon(replace(counting, suspended=ended), catalogue().calendar).at
