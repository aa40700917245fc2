"""What the bench remembers between two batches, kept beside the log and made anew from it.

Written in the transaction that moves the reader's cursor, so each entry is judged exactly once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from gongzhi.base.catalogue.kinds.rule import Rule
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.log.models import Cursor, Entry
from gongzhi.watch.supervision.dues import county_zone
from gongzhi.watch.supervision.judging.bench import (
    Bench,
    Count,
    Found,
    Memory,
    Told,
    next_due,
    overdue,
)
from gongzhi.watch.supervision.judging.compiled import Ears, compiled
from gongzhi.watch.supervision.judging.counts import Kept, add, judged
from gongzhi.watch.supervision.judging.periods import end_of, periods_before
from gongzhi.watch.supervision.models import Finding, RuleMemory, Tally

NAME = "supervision.rules"
"""The reader's, and so its cursor's."""
BATCH = 500
COLUMNS = ("key", "rule", "unit", "period", "ends_at", "hits", "of", "entries", "judged")


@cache
def ears() -> Mapping[str, Ears]:
    """The catalogue's rules, compiled once a process."""
    return compiled(catalogue().rules.values())


def judge(entries: Sequence[Entry], listening: Mapping[str, Ears] | None = None) -> list[Found]:
    """Let the rules meet these entries; what was found and isn't known yet."""
    heard_by = ears() if listening is None else listening
    bench = Bench(heard_by, county_zone(), sealed_procedures())
    heard = [one for one in entries if bench.concerns(one.kind)]
    bench.memories = _memories({one.subject for one in heard})
    for one in heard:
        fields = json.loads(one.text)
        bench.hear(Told(one.seq, one.at, one.by, one.kind, one.subject, fields))
    _keep({subject: bench.memories[subject] for subject in bench.changed})
    return unknown([*bench.found, *_counted(bench.counts)])


def too_late(at: datetime) -> list[Found]:
    """What should have followed before `at` and didn't. Only where nothing is left to read."""
    rows = RuleMemory.objects.filter(due_at__lt=at).order_by("due_at")[:BATCH]
    memories = {row.subject: json.loads(row.text) for row in rows}
    rules = catalogue().rules
    found = [one for s, memory in memories.items() for one in overdue(memory, rules, s, at)]
    _keep(memories)
    return unknown(found)


def periods_over(at: datetime) -> list[Found]:
    """What the counts of the periods that ended before `at` show."""
    rules, found = catalogue().rules, []
    over = Tally.objects.filter(judged=False, ends_at__lte=at).order_by("ends_at")
    for row in list(over.values_list(*COLUMNS)[:BATCH]):
        key, kept = row[0], _kept(row)
        rule = rules.get(kept.rule)
        one = judged(rule, key, kept, _past(kept, rule)) if rule else None
        found += [one] if one else []
        Tally.objects.filter(key=key).update(judged=True)
    return unknown(found)


def unread() -> bool:
    """Whether the reader is behind the log. Locks its cursor, so that it stays as it is."""
    cursor = Cursor.objects.select_for_update().filter(reader=NAME).first()
    return Entry.objects.filter(seq__gt=cursor.seq if cursor else 0).exists()


def forget() -> None:
    """Let the rules begin with the log's first entry again; findings stay, and none comes twice."""
    Cursor.objects.filter(reader=NAME).delete()
    RuleMemory.objects.all().delete()
    Tally.objects.all().delete()


def unknown(found: Iterable[Found]) -> list[Found]:
    """Those that no finding tells of yet."""
    by_key = {one.key: one for one in found}
    known = set(Finding.objects.filter(key__in=by_key).values_list("key", flat=True))
    return [one for key, one in by_key.items() if key not in known]


def _memories(subjects: Iterable[str]) -> dict[str, Memory]:
    rows = RuleMemory.objects.filter(subject__in=list(subjects))
    return {subject: json.loads(text) for subject, text in rows.values_list("subject", "text")}


def _keep(memories: Mapping[str, Memory]) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    rows = [(s, json.dumps(one), adapt(next_due(one))) for s, one in memories.items()]
    _put_rows("supervision_rulememory", ("subject", "text", "due_at"), rows)


def _counted(counts: Sequence[Count]) -> list[Found]:
    if not counts:
        return []
    named = [(one.key, one) for one in counts]
    rows = Tally.objects.filter(key__in={key for key, _one in named}).values_list(*COLUMNS)
    tallies = {row[0]: _kept(row) for row in rows}
    found = []
    for key, count in named:
        kept = tallies.get(key) or tallies.setdefault(key, _begun(count))
        one = add(kept, count)
        found += [one] if one else []
    _put_rows("supervision_tally", COLUMNS, [_row(key, kept) for key, kept in tallies.items()])
    return found


def _put_rows(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert or replace by the first column, in one call to the driver: the ORM's own way costs
    as much as all the judging."""
    quoted = [connection.ops.quote_name(one) for one in columns]
    names, marks = ", ".join(quoted), ", ".join(["%s"] * len(columns))
    changes = ", ".join(f"{one} = excluded.{one}" for one in quoted[1:])
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  (our own names)
    with connection.cursor() as cursor:
        cursor.executemany(f"{statement} ON CONFLICT ({quoted[0]}) DO UPDATE SET {changes}", rows)


def _begun(count: Count) -> Kept:
    end = end_of(count.period, count.rule.per or "month", county_zone())
    return Kept(count.rule.code, count.unit, count.period, end)


def _kept(row: tuple[Any, ...]) -> Kept:
    _key, rule, unit, period, ends_at, hits, of, entries, known = row
    return Kept(rule, unit, period, ends_at, hits, of, json.loads(entries), known)


def _row(key: str, kept: Kept) -> tuple[Any, ...]:
    ops = connection.ops
    return (
        key, kept.rule, kept.unit, ops.adapt_datefield_value(kept.period),
        ops.adapt_datetimefield_value(kept.ends_at), kept.hits, kept.of,
        json.dumps(kept.entries), kept.judged,
    )  # fmt: skip


def _past(row: Kept, rule: Rule) -> list[int]:
    """The unit's counts in the periods before, nearest first; none from before it counted any."""
    if rule.kind != "deviation" or rule.per is None or rule.past is None:
        return []
    mine = Tally.objects.filter(rule=row.rule, unit=row.unit, period__lt=row.period)
    hits = dict(mine.values_list("period", "hits"))
    begun = min(hits, default=row.period)
    periods = periods_before(row.period, rule.per, rule.past)
    return [hits.get(period, 0) for period in periods if period >= begun]
