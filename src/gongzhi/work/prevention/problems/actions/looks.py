"""What a day's look has found is kept, beside what was open before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems import events
from gongzhi.work.prevention.problems.looking import Seen
from gongzhi.work.prevention.problems.models import Look, Problem, Rise
from gongzhi.work.prevention.problems.shapes import town_of
from gongzhi.work.prevention.problems.states import RiseState

Known = TypeVar("Known", bound=Rise | Problem)
QUIET = timedelta(days=28)
"""How long a rise that was dismissed doesn't ring again."""
OVER = timedelta(days=7)
"""An open rise that was not seen for so long is over."""


@action
def keep_look(
    by: Actor, day: date, seen: Sequence[Seen], *, categories: int, allowed: float
) -> Look:
    """Keep that `day` was looked at, and what it showed. Refuses (409) a day that was.

    A rise in cells of an open one of its category is that one, gone on; in those of one that was
    dismissed lately or is worked on, it doesn't ring.
    """
    look, fresh = Look.objects.get_or_create(
        day=day, defaults={"categories": categories, "allowed": allowed, "at": now()}
    )
    if not fresh:
        raise Refused(_("这一天已经看过了。"), code="looked", status=409)
    record(events.LOOKED, look, day=f"{day}", categories=categories, found=len(seen))
    for one in seen:
        _keep(one, categories)
    _end(day)
    return look


def _keep(seen: Seen, categories: int) -> None:
    open_one = _overlapping(seen, Rise.objects.filter(state=RiseState.OPEN, about=seen.about))
    if open_one is None and _is_quiet(seen):
        return
    rise = open_one or Rise(about=seen.about, found_at=now(), first_day=seen.first_day)
    rise.cells, rise.town = list(seen.cells), town_of(seen.cells[0])
    rise.first_day, rise.last_day = seen.first_day, seen.last_day
    rise.seen, rise.expected, rise.chance = seen.count, seen.expected, seen.chance
    rise.categories, rise.changed_at = categories, now()
    rise.save()
    _tell(events.RISE_WENT_ON if open_one else events.RISE_FOUND, rise)


def _tell(event: Event, rise: Rise) -> None:
    record(
        event, rise, about=rise.about, cells=rise.cells, town=rise.town or None, days=rise.days,
        seen=rise.seen, expected=rise.expected, chance=rise.chance,
    )  # fmt: skip


def _is_quiet(seen: Seen) -> bool:
    """Whether somebody has lately said of it that it is none, or is working on it."""
    lately = Rise.objects.filter(
        about=seen.about, state=RiseState.DISMISSED, decided_at__gte=now() - QUIET
    )
    worked_on = Problem.objects.filter(about=seen.about, closed_at=None)
    return any(_overlapping(seen, known) for known in (lately, worked_on))


def _overlapping(seen: Seen, known: Iterable[Known]) -> Known | None:
    cells = set(seen.cells)
    return next((one for one in known if cells & set(one.cells)), None)


def _end(day: date) -> None:
    for rise in Rise.objects.filter(state=RiseState.OPEN, last_day__lt=day - OVER):
        rise.state, rise.changed_at = RiseState.OVER, now()
        rise.save(update_fields=["state", "changed_at"])
        record(events.RISE_ENDED, rise, about=rise.about)
