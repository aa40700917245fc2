"""The course of each incident and each unit through a shift, as spans: from when on it was what.

Plain reckoning over what was recorded, without the database. Times are whole seconds since the
shift's start; below 0 lies before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

IncidentState = Literal["waiting", "dispatched", "en_route", "on_scene", "done", "over", "untold"]
UnitState = Literal["off_duty", "free", "busy", "dispatched", "en_route", "on_scene"]
RANKS: Mapping[str, int] = {"dispatched": 1, "en_route": 2, "on_scene": 3}
UNTOLD = 1800
"""How long (s) an incident is shown of which the record says nothing but that it began."""


@dataclass(frozen=True)
class Leg:
    """A unit on an incident: sent, set off, there, its end; ``back``: it was called back."""

    incident: int
    unit: int
    sent: int
    off: int | None = None
    there: int | None = None
    end: int | None = None
    back: bool = False

    def state(self, at: int) -> UnitState | None:
        """What the unit is doing there at this moment; None before and after."""
        if at < self.sent or (self.end is not None and at >= self.end):
            return None
        if self.there is not None and at >= self.there:
            return "on_scene"
        off = self.sent if self.off is None and self.there is not None else self.off
        return "en_route" if off is not None and at >= off else "dispatched"

    def moments(self) -> Iterable[int]:
        """When something changes."""
        return (at for at in (self.sent, self.off, self.there, self.end) if at is not None)


@dataclass(frozen=True)
class Span:
    """From ``since`` on it was ``state``; a unit at work is on ``incident``."""

    since: int
    state: str
    incident: int | None = None


def incident_spans(
    opened: int, legs: Sequence[Leg], *, settled: int | None, closed: int | None, told: bool
) -> list[Span]:
    """An incident from its call on: waiting until a unit is sent, then as far as the farthest of
    its units, waiting again when all were called back, done with the last; over when closed.

    ``settled``: done without a unit. ``told``: whether the record says how it went on.
    """
    if not told:
        return [Span(opened, "untold"), Span(opened + UNTOLD, "over")]
    moments = {opened, *(at for leg in legs for at in leg.moments())}
    moments |= {at for at in (settled, closed) if at is not None}
    known = sorted(max(at, opened) for at in moments)
    return _joined(Span(at, _stands(at, legs, settled, closed)) for at in dict.fromkeys(known))


def _stands(at: int, legs: Sequence[Leg], settled: int | None, closed: int | None) -> str:
    if closed is not None and at >= closed:
        return "over"
    now = [state for leg in legs if (state := leg.state(at))]
    if now:
        return max(now, key=lambda state: RANKS[state])
    ended = [leg for leg in legs if leg.end is not None and leg.end <= at]
    if (settled is not None and at >= settled) or any(not leg.back for leg in ended):
        return "done"
    return "waiting"


def unit_spans(duty: Sequence[tuple[int, UnitState]], legs: Sequence[Leg]) -> list[Span]:
    """A unit's course: on and off duty as ``duty`` has it (in order, the first one from the
    beginning), and over that the incidents it was sent to; of two at once the later one."""
    moments = {at for at, _ in duty} | {at for leg in legs for at in leg.moments()}
    ordered = sorted(legs, key=lambda leg: leg.sent, reverse=True)
    return _joined(_unit_at(at, duty, ordered) for at in sorted(moments))


def _unit_at(at: int, duty: Sequence[tuple[int, UnitState]], legs: Sequence[Leg]) -> Span:
    for leg in legs:
        if state := leg.state(at):
            return Span(at, state, leg.incident)
    states = [state for since, state in duty if since <= at]
    return Span(at, states[-1] if states else "off_duty")


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Without those that change nothing."""
    found: list[Span] = []
    for span in spans:
        if not found or (found[-1].state, found[-1].incident) != (span.state, span.incident):
            found.append(span)
    return found


def state_at(spans: Sequence[Span], at: int) -> Span | None:
    """Which of the spans holds at this moment; None before the first."""
    held = None
    for span in spans:
        if span.since > at:
            break
        held = span
    return held


def waits(spans: Sequence[Span], until: int) -> list[tuple[int, int]]:
    """From when to when it waited for a unit; one that still does, until ``until``."""
    closed = [*spans, Span(max(until, spans[-1].since), "over")] if spans else []
    return [
        (span.since, after.since) for span, after in pairwise(closed) if span.state == "waiting"
    ]
