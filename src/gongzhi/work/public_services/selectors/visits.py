"""How often people came to a counter for what was finished in a year, as the log has it, beside
what the services' files predict. Services, offices and reasons: who came is asked nowhere."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now, subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.work.public_services.events import VISITED
from gongzhi.work.public_services.models import Application

FINISHED = "collected"
"""The step at which the result is in the applicant's hands; what ends otherwise isn't counted."""

NEEDED = ("collect", "show", "apply")
"""What one visit may be for, the first one first."""


@dataclass(frozen=True)
class Finished:
    """One application that is over: for which service, at which office, and what somebody came to a
    counter for, visit by visit."""

    key: int
    service: str
    office: int
    came_for: tuple[str, ...]

    @property
    def further(self) -> tuple[str, ...]:
        """What the visits were for beside the one that would have been enough: that is the one on
        which the result was collected, or else originals were shown, or else the first."""
        rest = list(self.came_for)
        enough = next((why for why in NEEDED if why in rest), rest[0] if rest else None)
        if enough is not None:
            rest.remove(enough)
        return tuple(rest)


@dataclass(frozen=True)
class Tally:
    """Some finished applications in numbers."""

    finished: int
    visits: int
    spared: int
    """Those done with one visit at most."""
    reasons: Sequence[tuple[str, int]]
    """Of visits beyond one, the most frequent first."""

    @property
    def mean(self) -> float:
        """Visits each; 0 without any application."""
        return self.visits / self.finished if self.finished else 0.0

    @property
    def spared_part(self) -> float:
        """The part done with one visit at most, 0 to 1."""
        return self.spared / self.finished if self.finished else 0.0

    @property
    def further(self) -> int:
        """Visits beyond one."""
        return sum(times for _why, times in self.reasons)


@dataclass(frozen=True)
class OfService:
    """A service's year: what its file predicts, all offices together, and each of them."""

    code: str
    name: str
    predicted: int
    all: Tally
    offices: Sequence[tuple[Unit | None, Tally]]

    @property
    def beyond(self) -> float:
        """Visits each beyond the prediction; negative where people came less often."""
        return self.all.mean - self.predicted


@dataclass(frozen=True)
class Year:
    """All of them, those first where people came most beyond what was predicted."""

    year: int
    all: Tally
    predicted: float
    """Visits each, had every service kept to its file."""
    services: Sequence[OfService]


def year_of(year: int) -> Year:
    """The year in exact numbers: for staff. Two queries, and one for the units."""
    return arranged(year, finished_in(year))


def finished_in(year: int, until: datetime | None = None) -> list[Finished]:
    """What was finished in the county's year, before `until`, in the order of its ending."""
    since, end = _bounds(year)
    end = min(end, until or now())
    rows = list(
        Application.objects.filter(
            matter__step=FINISHED, matter__closed_at__gte=since, matter__closed_at__lt=end
        )
        .order_by("matter__closed_at", "pk")
        .values_list("pk", "service", "matter__owner_unit", "matter__opened_at")
    )
    first = min((opened for *_rest, opened in rows), default=end)
    came = _visits(first, end)
    return [
        Finished(key, service, office, tuple(came.get(subject_of(Matter(pk=key)), ())))
        for key, service, office, _opened in rows
    ]


def arranged(year: int, every: Sequence[Finished]) -> Year:
    """These applications by service and office, worst first."""
    units = Unit.objects.in_bulk({one.office for one in every})
    services = [
        OfService(code, name_of(code), predicted_for(code), tallied(some), _by_office(some, units))
        for code, some in grouped(every, "service").items()
    ]
    services.sort(key=lambda one: (-one.beyond, -one.all.finished, one.code))
    expected = sum(one.predicted * one.all.finished for one in services)
    return Year(year, tallied(every), expected / len(every) if every else 0.0, services)


def grouped(
    every: Iterable[Finished], by: Literal["service", "office"]
) -> dict[Any, list[Finished]]:
    """Service or office → its applications, in the order in which they finished."""
    found: dict[Any, list[Finished]] = defaultdict(list)
    for one in every:
        found[getattr(one, by)].append(one)
    return found


def name_of(code: str) -> str:
    """The service's name; its code where the county has taken it away."""
    found = catalogue().services.get(code)
    return str(found.name) if found else code


def predicted_for(code: str) -> int:
    """Visits by its file; 0 where the county has taken it away."""
    found = catalogue().services.get(code)
    return found.visits if found else 0


def tallied(some: Sequence[Finished]) -> Tally:
    """These applications in numbers."""
    reasons = Counter(why for one in some for why in one.further)
    return Tally(
        len(some), sum(len(one.came_for) for one in some),
        sum(len(one.came_for) <= 1 for one in some),
        sorted(reasons.items(), key=lambda each: (-each[1], each[0])),
    )  # fmt: skip


def years() -> list[int]:
    """The years in which something was finished, the latest first."""
    over = Application.objects.filter(matter__step=FINISHED)
    found = over.datetimes("matter__closed_at", "year", order="DESC")
    return [one.year for one in found]


def _by_office(
    some: Iterable[Finished], units: Mapping[int, Unit]
) -> list[tuple[Unit | None, Tally]]:
    found = grouped(some, "office")
    lines = [(units.get(office), tallied(each)) for office, each in found.items()]
    return sorted(lines, key=lambda each: (-each[1].mean, -each[1].finished, str(each[0])))


def _visits(since: datetime, until: datetime) -> dict[str, list[str]]:
    """Application, as the log calls it → what each visit was for."""
    found: dict[str, list[str]] = defaultdict(list)
    entries = Entry.objects.filter(kind=VISITED.kind, at__gte=since, at__lt=until).order_by("seq")
    for subject, text in entries.values_list("subject", "text").iterator(2000):
        found[subject].append(json.loads(text)["why"])
    return found


def _bounds(year: int) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
