"""The counts that answer a question. What residents and callers told is counted by the very marks
of the three maps, so a question tells nothing that those don't; what sources deliver, by tables
whose small cells are held back (`analysis.disclosure`)."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils import timezone

from gongzhi.analysis.disclosure import STEP, told_of
from gongzhi.base.catalogue.kinds.offer import Offer
from gongzhi.base.catalogue.kinds.question import Counted, Question
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.agreements.models import midnight
from gongzhi.watch.exchange.lake.folding import PROCEDURES
from gongzhi.watch.exchange.leaving import delicate
from gongzhi.watch.exchange.receiving.shelves import current, engine, loaded_files, quoted
from gongzhi.watch.maps.selectors.published import published

Cells = Mapping[tuple[str, str], int]
Told = dict[str, dict[str, dict[str, int]]]
"""Town → column → kind → how many."""
EPOCH = date(1970, 1, 1)


def answered(question: Question, span: tuple[date, date]) -> Told:
    """What the question is answered for these days."""
    offers = catalogue().offers
    columns = {}
    for one in question.counts:
        offer = offers[one.offer]
        columns[one.code] = (
            told_of(_received(one, offer, span)) if offer.connector else _marked(one, offer, span)
        )
    return joined(columns)


def joined(columns: Mapping[str, Cells]) -> Told:
    """The columns side by side, by town."""
    found: Told = defaultdict(lambda: defaultdict(dict))
    for code, cells in columns.items():
        for (town, kind), many in sorted(cells.items()):
            found[town][code][kind] = many
    return {town: {code: dict(one) for code, one in row.items()} for town, row in found.items()}


def replayed(question: Question, rows: Mapping[str, Mapping[str, Mapping[str, int]]]) -> Told:
    """The same of made-up numbers: what an example of the catalogue tells."""
    offers, columns = catalogue().offers, {}
    for one in question.counts:
        cells = {(t, k): n for t, kinds in rows.get(one.code, {}).items() for k, n in kinds.items()}
        offer = offers[one.offer]
        columns[one.code] = told_of(cells) if offer.connector else _in_steps(cells)
    return joined(columns)


def latest_of(question: Question) -> date:
    """The last day of which everything is counted."""
    offers = catalogue().offers
    if all(offers[one.offer].connector for one in question.counts):
        return timezone.localdate(now()) - timedelta(days=1)
    return published().latest


def form_of(question: Question) -> str:
    """A check value of what is asked: changed, it is another question."""
    put = question.model_dump_json(exclude={"examples", "name", "about", "order"})
    return hashlib.sha256(put.encode()).hexdigest()[:16]


def _in_steps(cells: Cells) -> Cells:
    return {cell: many // STEP * STEP for cell, many in cells.items() if many >= STEP}


def _marked(counted: Counted, offer: Offer, span: tuple[date, date]) -> Cells:
    first, last = ((day - EPOCH).days for day in span)
    found = published().marks.where(kind=PROCEDURES[offer.procedure], days=(first, last))
    wanted = set(counted.only)
    hushed = delicate()
    told: Iterable[tuple[str, str]] = zip(found.town, found.category, strict=True)
    cells: Counter[tuple[str, str]] = Counter()
    for town, category in told:
        if town and category not in hushed and (not wanted or category in wanted):
            cells[str(town), str(category) if counted.kind else ""] += STEP
    return cells


def _received(counted: Counted, offer: Offer, span: tuple[date, date]) -> Cells:
    connector = catalogue().connectors[offer.connector]
    files = loaded_files(connector)
    if not files:
        return {}
    kind = f"coalesce(\"{counted.kind}\"::VARCHAR, '')" if counted.kind else "''"
    where = [f'"{counted.town}" IS NOT NULL']
    if counted.when:
        where.append(_within(counted.when, connector.contract.field(counted.when), span))
    if counted.only and counted.kind:
        listed = ", ".join(quoted(one) for one in counted.only)
        where.append(f"{kind} IN ({listed})")
    with engine() as db:
        rows = db.execute(
            f'SELECT "{counted.town}", {kind}, count(*) '  # noqa: S608  (our own names, quoted)
            f"FROM ({current(connector, files)}) WHERE {' AND '.join(where)} GROUP BY 1, 2"
        ).fetchall()
    return {(town, of): many for town, of, many in rows}


def _within(name: str, field: object, span: tuple[date, date]) -> str:
    first, last = span
    if getattr(field, "type", "") == "day":
        return f"\"{name}\" BETWEEN DATE '{first}' AND DATE '{last}'"
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    return (
        f"\"{name}\" >= TIMESTAMPTZ '{begin.isoformat()}' "
        f"AND \"{name}\" < TIMESTAMPTZ '{end.isoformat()}'"
    )
