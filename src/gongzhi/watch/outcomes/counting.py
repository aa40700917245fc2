"""From facts to figures: a row for each measure, day, unit, town and kind of case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.utils import timezone

from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.catalogue.kinds.measure_formulas import OF_VALUES
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.outcomes.models import Figure
from gongzhi.watch.outcomes.sources import FACTS
from gongzhi.watch.outcomes.sources.fact import Fact

EDITION = 2
"""Of what sources tell: another one where they tell otherwise, so that days are counted again."""
Place = tuple[str, date, int | None, str, str]


def begin_of(day: date) -> datetime:
    """The day's first moment in the county."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def counted_measures() -> list[Measure]:
    """Those of the catalogue that have a number."""
    return [one for one in catalogue().measures.values() if one.measured]


def rule_of(measures: Iterable[Measure]) -> str:
    """What these measures count, in short: another one where a file counts otherwise."""
    told = [
        (one.code, one.formula, one.source, sorted(one.where.items()), one.limit, one.mix)
        for one in measures
    ]
    return sha256(repr((EDITION, told)).encode()).hexdigest()[:16]


def figures_of(since: date, until: date, measures: Sequence[Measure]) -> list[Figure]:
    """The figures of these measures from `since` up to the day before `until`. Each source is
    read once, however many measures are made of it."""
    found: dict[Place, Figure] = {}
    by_source: dict[str, list[Measure]] = defaultdict(list)
    for one in measures:
        by_source[one.source].append(one)
    for source, made_of_it in by_source.items():
        for fact in FACTS[source](begin_of(since), begin_of(until)):
            for one in made_of_it:
                if one.takes(fact.facts):
                    _add(found, one, fact)
    for figure in found.values():
        figure.values.sort()
    return list(found.values())


def _add(found: dict[Place, Figure], measure: Measure, fact: Fact) -> None:
    day = timezone.localtime(fact.at, timezone.get_default_timezone()).date()
    kind = "/".join(fact.facts.get(key, "") for key in measure.mix)
    place = (measure.code, day, fact.unit, fact.town, kind)
    figure = found.get(place)
    if figure is None:
        figure = found[place] = Figure(
            measure=measure.code, day=day, unit_id=fact.unit, town=fact.town, kind=kind, n=0.0,
            of=0.0, values=[],
        )  # fmt: skip
    n, of = _worth(measure, fact)
    figure.n += n
    figure.of += of
    if measure.formula in OF_VALUES - {"within"}:
        figure.values.append(round(fact.value or 0.0))


def _worth(measure: Measure, fact: Fact) -> tuple[float, float]:
    """What one fact adds to the numerator and to the denominator."""
    if measure.formula == "within":
        return float((fact.value or 0.0) <= (measure.limit or 0.0)), 1.0
    if measure.formula in OF_VALUES:
        return round(fact.value or 0.0), 1.0
    return fact.hit, fact.of


def days(since: date, until: date) -> Iterator[date]:
    """Each from `since` up to the day before `until`."""
    return (since + timedelta(days=nth) for nth in range((until - since).days))


def stretches(every: Iterable[date], longest: int) -> Iterator[tuple[date, date]]:
    """Days as stretches without a gap, each no longer than so many days: first, and day after."""
    ordered = sorted(set(every))
    begun = 0
    for at, day in enumerate(ordered):
        broken = at + 1 == len(ordered) or ordered[at + 1] - day > timedelta(days=1)
        if broken or at - begun + 1 == longest:
            yield ordered[begun], day + timedelta(days=1)
            begun = at + 1
