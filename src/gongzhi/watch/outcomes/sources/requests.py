"""What residents told, how soon they were answered, and what they said of it themselves.

It says how well their matters were handled. No forecast, patrol or rule reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.events import STEP_TAKEN
from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.watch.outcomes.sources.fact import Fact, Owners, chunks
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.said import REQUEST, given_stars, last_words

SETTLED = timedelta(days=14)
"""What stays closed so long is settled."""
SHUT = ("closed", "lapsed")
SUBJECT = "matters.matter:"
Row = tuple[int, datetime, float, float | None]
Rows = Sequence[Row]


def told(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each report, also of those who joined what another had reported."""
    rows = Receipt.objects.filter(
        made_at__gte=since, made_at__lt=until, matter__procedure=REQUEST, matter__county=None
    ).values_list("matter_id", "made_at")
    yield from _facts([(key, at, 1.0, None) for key, at in rows], since)


def judged(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each request whose residents said whether it is solved: what they said last, and when."""
    said = [one for one in last_words(since) if one.at < until]
    yield from _facts([(one.matter, one.at, float(one.solved), None) for one in said], since)


def handled(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each resident's stars for how it was handled: whether they are satisfied."""
    given = [one for one in given_stars(since) if one.at < until]
    yield from _facts([(one.matter, one.at, float(one.good), None) for one in given], since)


def answers(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each answer: how long it took from the day the request came."""
    rows = ShownElement.objects.filter(
        code="answer", shown_at__gte=since, shown_at__lt=until, matter__procedure=REQUEST,
        matter__county=None,
    ).values_list("matter_id", "shown_at", "matter__opened_at")  # fmt: skip
    waited = [(key, at, 1.0, (at - opened).total_seconds()) for key, at, opened in rows]
    yield from _facts(waited, since)


def reopened(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each request that was closed a fortnight ago: whether it was opened again since then."""
    steps = _entries(STEP_TAKEN.kind, since - SETTLED, until)
    shut: dict[int, datetime] = {}
    again: set[int] = set()
    found: list[Row] = []
    for subject, at, text in steps.order_by("seq").values_list("subject", "at", "text"):
        told_of = json.loads(text)
        if told_of.get("step") in SHUT:
            shut[_key(subject)] = at
        elif told_of.get("step") == "reopened" and _key(subject) in shut:
            closed = shut.pop(_key(subject))
            if at - closed <= SETTLED:
                again.add(_key(subject))
                found.append((_key(subject), closed + SETTLED, 1.0, None))
    found += [(key, at + SETTLED, 0.0, None) for key, at in shut.items()]
    yield from _facts([row for row in found if since <= row[1] < until], since)


def _entries(kind: str, since: datetime, until: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(kind=kind, at__gte=since, at__lt=until)


def _key(subject: str) -> int:
    return int(subject.removeprefix(SUBJECT))


def _facts(rows: Rows, since: datetime) -> Iterator[Fact]:
    """With what the requests are now known as; what is no request of the county's own falls out."""
    keys = {row[0] for row in rows}
    known = {
        one[0]: one[1:]
        for some in chunks(keys)
        for one in Matter.objects.filter(pk__in=some, procedure=REQUEST, county=None).values_list(
            "pk", "owner_unit_id", "town", "category", "channel"
        )
    }
    owners = Owners(keys, since)
    for key, at, hit, value in rows:
        if key in known:
            unit, town, category, channel = known[key]
            facts = {"category": category, "channel": channel, "procedure": REQUEST,
                     "kind": "request"}  # fmt: skip
            yield Fact(at, owners.at(key, at, unit), town, facts, hit=hit, value=value)
