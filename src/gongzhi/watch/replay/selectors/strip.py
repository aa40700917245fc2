"""The strip below the map: where in a shift it got tight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongzhi.watch.replay.selectors.courses import RANKS, Span, waits

MOST = 144
"""Steps of a strip at most: 10 minutes each over a day."""
STEPS = (300, 600)


@dataclass(frozen=True)
class Strip:
    """One number a step of ``seconds``: calls that came in it; at its end, how many incidents
    wait, how long (s) the one that waits longest has, how many units are at work and on duty."""

    seconds: int
    calls: list[int]
    waiting: list[int]
    longest: list[int]
    working: list[int]
    on_duty: list[int]


def strip_of(
    length: int, calls: Iterable[int], incidents: Sequence[Sequence[Span]],
    units: Sequence[Sequence[Span]],
) -> Strip:  # fmt: skip
    """The strip of a shift of ``length`` seconds."""
    seconds = next((one for one in STEPS if length / one <= MOST), STEPS[-1])
    steps = -(-length // seconds)
    strip = Strip(seconds, *([0] * steps for _ in range(5)))
    for at in calls:
        if 0 <= at < length:
            strip.calls[at // seconds] += 1
    for spans in incidents:
        for since, until in waits(spans, length + 1):
            for step in _ends(since, until, strip):
                strip.waiting[step] += 1
                lasted = (step + 1) * seconds - since
                strip.longest[step] = max(strip.longest[step], lasted)
    for spans in units:
        for span, after in pairwise([*spans, Span(length + seconds, "")]):
            for step in _ends(span.since, after.since, strip):
                strip.working[step] += span.state in RANKS
                strip.on_duty[step] += span.state != "off_duty"
    return strip


def _ends(since: int, until: int, strip: Strip) -> range:
    """The steps whose end lies in this time."""
    first = max(0, -(-since // strip.seconds) - 1)
    last = min(len(strip.calls), -(-until // strip.seconds) - 1)
    return range(first, last)
