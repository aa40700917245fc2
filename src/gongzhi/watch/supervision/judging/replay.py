"""The examples of a rule, lived through: what it finds in each when a good year has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from gongzhi.base.catalogue.kinds.rule import Example, Rule
from gongzhi.watch.supervision.judging.bench import Bench, Found, Told, overdue
from gongzhi.watch.supervision.judging.compiled import compiled
from gongzhi.watch.supervision.judging.counts import Kept, add, judged
from gongzhi.watch.supervision.judging.periods import end_of, periods_before

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = timedelta(hours=9)


def otherwise(rule: Rule) -> list[str]:
    """The examples of this rule that come out otherwise than they say."""
    wrong = []
    for number, example in enumerate(rule.examples, 1):
        found = len(lived_through(rule, example))
        if found != example.finds:
            wrong.append(
                f"examples: number {number} leads to {found} findings, not {example.finds}"
            )
    return wrong


def lived_through(rule: Rule, example: Example) -> list[Found]:
    """What the rule finds in this example."""
    told = list(entries_of(rule, example))
    bench = Bench(compiled([rule]), ZONE)
    for one in told:
        bench.hear(one)
    end = told[-1].at + timedelta(days=400)
    found = [*bench.found, *_counted(rule, bench)]
    for subject, memory in bench.memories.items():
        found += overdue(memory, {rule.code: rule}, subject, end)
    return found


def entries_of(rule: Rule, example: Example) -> Iterator[Told]:
    """The entries, from the first Monday on which the rule is in force."""
    begun = datetime.combine(rule.in_force_from, datetime.min.time(), UTC) + MORNING
    begun += timedelta(days=-begun.weekday() % 7)
    seq = 0
    for nth in range(example.times):
        at = begun + timedelta(minutes=nth)
        for one in example.log:
            seq, at = seq + 1, at + timedelta(hours=one.hours)
            subject = one.subject
            if example.times > 1:
                subject = f"{subject.partition(':')[0]}:{nth + 1}"
            yield Told(seq, at, one.by, one.event, subject, one.fields)


def _counted(rule: Rule, bench: Bench) -> list[Found]:
    kept: dict[str, Kept] = {}
    found = []
    for count in bench.counts:
        end = end_of(count.period, rule.per or "month", ZONE)
        tally = kept.setdefault(count.key, Kept(rule.code, count.unit, count.period, end))
        one = add(tally, count)
        found += [one] if one else []
    for key, tally in kept.items():
        one = judged(rule, key, tally, _past(rule, tally, kept))
        found += [one] if one else []
    return found


def _past(rule: Rule, tally: Kept, every: dict[str, Kept]) -> list[int]:
    hits = {one.period: one.hits for one in every.values() if one.unit == tally.unit}
    before = periods_before(tally.period, rule.per or "month", rule.past or 0)
    return [hits.get(period, 0) for period in before if period >= min(hits)]
