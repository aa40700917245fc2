"""The same year for everybody: in steps of five, of days that are over, and no average of a few.

Counts are thinned as those of the maps are (`analysis/disclosure`): the applications of a service,
and those of a service at an office, are numbered as they finish, and whenever five more are there,
five are counted. So no number, nor any sum or difference of numbers, is one of 1, 2, 3 and 4. Of
every five second visits of a service one is drawn, with the county's secret, and its reason stands
for the five: right on average, and never somebody's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongzhi.analysis.disclosure import STEP
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Unit
from gongzhi.work.public_services.selectors.visits import (
    Finished,
    finished_in,
    grouped,
    name_of,
    predicted_for,
    tallied,
)

ENOUGH = 20
"""Applications from which on an average is told."""
PARTS = 20
"""Parts are told in steps of one in so many: 5 %."""


@dataclass(frozen=True)
class Line:
    """A service, one of its offices, or all together. ``came`` (visits each, to one place after the
    point) and ``spared`` (whole per cent done with one visit at most) are None for too few."""

    code: str
    name: str
    finished: int
    predicted: float
    came: float | None
    spared: int | None
    further: Sequence[tuple[str, int]] = ()
    """Second and later visits by what they were for."""
    offices: Sequence[Line] = ()

    @property
    def beyond(self) -> float | None:
        """Visits each beyond the prediction."""
        return None if self.came is None else round(self.came - self.predicted, 1)


@dataclass(frozen=True)
class Published:
    """A year as anybody may see it."""

    year: int
    all: Line
    services: Sequence[Line]


def published(year: int) -> Published:
    """The year up to last midnight, those services first where people came most beyond what was
    predicted; those with too few for an average last. Three queries."""
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    every = finished_in(year, midnight)
    units = Unit.objects.in_bulk({one.office for one in every})
    kept = {code: _fives(some) for code, some in grouped(every, "service").items()}
    lines = [
        _of_service(code, some, [one for one in every if one.service == code], units)
        for code, some in kept.items() if some
    ]  # fmt: skip
    lines.sort(key=lambda one: (one.beyond is None, -(one.beyond or 0.0), -one.finished, one.code))
    reasons: Counter[str] = Counter()
    for line in lines:
        reasons.update(dict(line.further))
    counted = [one for some in kept.values() for one in some]
    predicted = sum(predicted_for(one.service) for one in counted) / (len(counted) or 1)
    return Published(year, _line("", "", counted, round(predicted, 1), reasons), lines)


def _of_service(
    code: str, counted: Sequence[Finished], every: Sequence[Finished], units: Mapping[int, Unit]
) -> Line:
    predicted = predicted_for(code)
    offices = [
        _line(units[key].code, str(units[key]), some, predicted)
        for key, each in grouped(every, "office").items()
        if key in units and (some := _fives(each))
    ]
    offices.sort(key=lambda one: (one.came is None, -(one.came or 0.0), -one.finished, one.code))
    return _line(code, name_of(code), counted, predicted, _drawn(counted), offices)


def _line(
    code: str, name: str, some: Sequence[Finished], predicted: float,
    reasons: Mapping[str, int] | None = None, offices: Sequence[Line] = (),
) -> Line:  # fmt: skip
    tally, told = tallied(some), len(some) >= ENOUGH
    return Line(
        code, name, tally.finished, predicted,
        round(tally.mean, 1) if told else None,
        round(tally.spared_part * PARTS) * 100 // PARTS if told else None,
        sorted((reasons or {}).items(), key=lambda each: (-each[1], each[0])), offices,
    )  # fmt: skip


def _fives(some: Sequence[Finished]) -> Sequence[Finished]:
    """The first of them that make whole fives."""
    return some[: len(some) // STEP * STEP]


def _drawn(some: Iterable[Finished]) -> Counter[str]:
    """Second and later visits by reason: for every five the reason of one of them."""
    visits = [(one.key, place, why) for one in some for place, why in enumerate(one.further)]
    marks: Counter[str] = Counter()
    for at in range(0, len(visits) // STEP * STEP, STEP):
        *_key, why = min(visits[at : at + STEP], key=lambda each: _lot(each[0], each[1]))
        marks[why] += STEP
    return marks


def _lot(key: int, place: int) -> str:
    return salted_hmac("gongzhi.public_services.visits", f"{key}:{place}").hexdigest()
