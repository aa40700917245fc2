"""What a clock's file promises and only a count, or the rest of the catalogue, can show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongzhi.base.calendar.counting import Suspension
from gongzhi.base.calendar.due import Due
from gongzhi.base.calendar.workdays import Name, WorkCalendar
from gongzhi.base.catalogue.kinds.clock import DEEDS, SHANGHAI, Clock
from gongzhi.base.catalogue.kinds.clock_parts import Example


def replay_examples(
    clock: Clock, calendars: Mapping[str, WorkCalendar], tz: ZoneInfo = SHANGHAI
) -> list[str]:
    """Which examples do not come out as they say, in words; none is good."""
    wrong = []
    for number, example in enumerate(clock.examples, 1):
        fault = _replay(clock, example, calendars.get(example.calendar), tz)
        if fault:
            wrong.append(f"examples.{number}: {fault}")
    return wrong


def _replay(
    clock: Clock, example: Example, calendar: WorkCalendar | None, tz: ZoneInfo
) -> str | None:
    if calendar is None:
        return f"there is no calendar {example.calendar!r}"
    name = Name(clock.name.zh, clock.name.en)
    spans = [Suspension(since, until, name) for since, until in example.suspended]
    try:
        found = clock.due(
            example.start, calendar, tz, extended=example.extended, suspended=spans
        )  # fmt: skip
    except ValueError as refused:
        return str(refused)
    if not _agrees(example.due, found):
        return f"expected {example.due}, counted {found.at}"
    if example.provisional is not found.provisional:
        return f"expected provisional = {str(example.provisional).lower()}"
    return None


def _agrees(expected: datetime | date | None, found: Due) -> bool:
    if isinstance(expected, datetime):
        return expected == found.at
    return expected == found.day


def dangling(
    clock: Clock,
    steps: Mapping[str, Collection[str]],
    kinds: Collection[str],
    codes: Collection[str] = (),
) -> list[str]:
    """What it names and nobody provides: procedures, their steps (by procedure), event kinds,
    other clocks (by their codes)."""
    missing = [f"procedures: there is no {one}" for one in clock.procedures if one not in steps]
    known = {f"step:{step}" for one in clock.procedures for step in steps.get(one, ())} | set(kinds)
    known |= {f"{deed}:{one}" for one in {*codes, clock.code} for deed in DEEDS}
    named = {
        "starts_on": clock.starts_on,
        "stops_on": clock.stops_on,
        "lapses_on": clock.lapses_on,
        "suspends.begins_on": tuple(t for one in clock.suspends for t in one.begins_on),
        "suspends.ends_on": tuple(t for one in clock.suspends for t in one.ends_on),
    }
    expected = f"expected step:… of {', '.join(clock.procedures)}, or the kind of an event"
    if clock.before_end_of and clock.before_end_of not in {*codes}:
        missing.append(f"before_end_of: there is no clock {clock.before_end_of}")
    return missing + [
        f"{key}: there is no {trigger}; {expected}"
        for key, triggers in named.items()
        for trigger in triggers
        if trigger not in known
    ]
