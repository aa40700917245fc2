"""Which open matters a change of the law touches, and which keep the law they began under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongzhi.base.catalogue.changes import Change, VersionChange, version_changes
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.kinds.procedure import Procedure
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.matters.models import ClockRun, Matter

NAMED = 3
"""How many matters are named; the others are counted."""


def told(changes: Sequence[Change]) -> Iterator[str]:
    """What the changes mean for the matters that are open now, a line each, file by file.

    A matter keeps the version of the procedure and the clocks in force on the day it began, and a
    clock that runs keeps the sum that it was started with: so a new version touches none of them,
    and the words of one that matters stand under touch them all.
    """
    for change in changes:
        yield from _lines(change)


def _lines(change: Change) -> Iterator[str]:
    if change.before is None:
        yield f"{change.file}: new{_begins(change.after)}"
    elif change.after is None:
        yield f"{change.file}: gone"
    else:
        yield f"{change.file}: changed: {', '.join(change.keys)}"
    yield from (f"    {line}" for line in _meaning(change))


def _meaning(change: Change) -> Iterator[str]:
    item = change.after or change.before
    if isinstance(item, Procedure):
        yield from _of_procedure(change)
    elif isinstance(item, Clock):
        yield from _of_clock(change.before, change.after)


def _of_procedure(change: Change) -> Iterator[str]:
    before, after = change.before, change.after
    if isinstance(before, Procedure) and isinstance(after, Procedure):
        for version in version_changes(before, after):
            yield _of_version(before, version)
    elif isinstance(before, Procedure):
        yield f"{_count(_open(before.code))}: they can't go on without it"


def _of_version(before: Procedure, version: VersionChange) -> str:
    standing = _open(before.code).filter(version=version.code)
    if version.is_new:
        keep = _open(before.code).filter(opened_at__lt=_midnight(version.in_force_from))
        late = _open(before.code).filter(opened_at__gte=_midnight(version.in_force_from))
        begun = f"; {_count(late)} began since and keep theirs, too" if late.exists() else ""
        day = version.in_force_from
        return (
            f"version {version.code} from {day}: {_count(keep)} keep the version they began"
            f" under; those opened from {day} on follow the new one{begun}"
        )
    if version.is_gone:
        return f"version {version.code} is gone: {_count(standing)} can't go on without it"
    return (
        f"version {version.code} is rewritten ({', '.join(version.keys)}):"
        f" touches {_count(standing)} under it"
    )


def _of_clock(before: object, after: object) -> Iterator[str]:
    known = [one for one in (before, after) if isinstance(one, Clock)]
    matters = Matter.objects.filter(county=None, closed_at=None)
    if known[-1].procedures:  # one that names none can run in any
        matters = matters.filter(procedure__in=known[-1].procedures)
    running = ClockRun.objects.filter(clock=known[-1].code, stopped_at=None)
    if before is not None:
        keep = running.filter(matter__county=None).count()
        yield f"{keep} running: each keeps the sum that it was started with"
    if isinstance(before, Clock) and isinstance(after, Clock):
        yield f"counts the new way where it starts again: {_count(_within(matters, after))}"
    elif isinstance(after, Clock):
        earlier = matters.exclude(pk__in=_within(matters, after).values("pk"))
        yield f"can start in {_count(_within(matters, after))}; not in {_count(earlier)} before it"


def _within(matters: QuerySet[Matter], clock: Clock) -> QuerySet[Matter]:
    """Those that began while the clock was in force."""
    found = matters.filter(opened_at__gte=_midnight(clock.in_force_from))
    if clock.in_force_until is not None:
        last = clock.in_force_until + timedelta(days=1)
        found = found.filter(opened_at__lt=_midnight(last))
    return found


def _open(procedure: str) -> QuerySet[Matter]:
    return Matter.objects.filter(county=None, closed_at=None, procedure=procedure)


def _count(matters: QuerySet[Matter]) -> str:
    """``41 open matters (SQ261124-8, …)``."""
    number = matters.count()
    told = matters.exclude(procedure__in=sealed_procedures())
    named = [one.number for one in told.order_by("pk")[:NAMED]]
    more = ", …" if number > len(named) else ""
    example = f" ({', '.join(named)}{more})" if named else ""
    return f"{number} open matter{'' if number == 1 else 's'}{example}"


def _begins(item: object) -> str:
    return f", in force from {item.in_force_from}" if isinstance(item, Clock) else ""


def _midnight(day: date) -> datetime:
    """When the day begins in the county."""
    return datetime.combine(day, time(), timezone.get_default_timezone())
