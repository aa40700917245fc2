"""What the bench remembers between two batches, kept beside the log and made anew from it.

Written in the transaction that moves the reader's cursor, so each entry is judged exactly once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

from gongzhi.base.catalogue.kinds.rule import Rule
from gongzhi.base.catalogue.load import catalogue
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


@cache
def ears() -> Mapping[str, Ears]:
    """The catalogue's rules, compiled once a process."""
    return compiled(catalogue().rules.values())


def judge(entries: Sequence[Entry], listening: Mapping[str, Ears] | None = None) -> list[Found]:
    """Let the rules meet these entries; what was found and isn't known yet."""
    bench = Bench(ears() if listening is None else listening, county_zone())
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
    for row in Tally.objects.filter(judged=False, ends_at__lte=at).order_by("ends_at")[:BATCH]:
        rule = rules.get(row.rule)
        if rule is not None:
            one = judged(rule, row.key, _kept(row), _past(row, rule))
            found += [one] if one else []
        row.judged = True
        row.save(update_fields=["judged"])
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
    rows = [
        RuleMemory(subject=subject, text=json.dumps(memory), due_at=next_due(memory))
        for subject, memory in memories.items()
    ]
    RuleMemory.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["subject"], update_fields=["text", "due_at"]
    )


def _counted(counts: Sequence[Count]) -> list[Found]:
    rows = Tally.objects.in_bulk({one.key for one in counts})
    found = []
    for count in counts:
        row = rows.get(count.key)
        if row is None:
            row = rows[count.key] = _new_tally(count)
        kept = _kept(row)
        one = add(kept, count)
        row.hits, row.of, row.entries, row.judged = kept.hits, kept.of, kept.entries, kept.judged
        found += [one] if one else []
    Tally.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["key"],
        update_fields=["hits", "of", "entries", "judged"],
    )  # fmt: skip
    return found


def _new_tally(count: Count) -> Tally:
    per = count.rule.per or "month"
    return Tally(
        key=count.key, rule=count.rule.code, unit=count.unit, period=count.period,
        ends_at=end_of(count.period, per, county_zone()),
    )  # fmt: skip


def _kept(row: Tally) -> Kept:
    return Kept(
        row.rule, row.unit, row.period, row.ends_at, row.hits, row.of, list(row.entries), row.judged
    )


def _past(row: Tally, rule: Rule) -> list[int]:
    """The unit's counts in the periods before, nearest first; none from before it counted any."""
    if rule.kind != "deviation" or rule.per is None or rule.past is None:
        return []
    mine = Tally.objects.filter(rule=row.rule, unit=row.unit, period__lt=row.period)
    hits = dict(mine.values_list("period", "hits"))
    begun = min(hits, default=row.period)
    periods = periods_before(row.period, rule.per, rule.past)
    return [hits.get(period, 0) for period in periods if period >= begun]
