"""The bench: entries come before it one by one, and leave findings, memories and counts.

Plain Python: it reads no database, so the same log gives the same findings wherever it is replayed.
What is remembered is a dictionary for each subject: ``u`` the unit that owns it, ``f`` its facts,
``n`` notes by rule, ``p`` what must still follow by rule.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongzhi.base.catalogue.kinds.rule import FACTS, Rule
from gongzhi.watch.supervision.judging.compiled import Ears
from gongzhi.watch.supervision.judging.periods import period_of

Memory = dict[str, Any]
OWNER_IN = {
    "matters.matter_opened": "unit",
    "matters.matter_handed_over": "taker",
    "dispatch.unit_opened": "station",
    "cases.case_handed_over": "unit",
}
"""Where the log says whose something is from now on."""
CHANGED = {"matters.priority_changed": "priority", "matters.recategorised": "category"}
"""Where the log says that a fact of a matter is another one now."""
NO_FACTS: Mapping[str, str] = {}
MOST_ENTRIES = 12
"""So many of the log's entries are kept with a finding."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the log, read."""

    seq: int
    at: datetime
    by: str
    kind: str
    subject: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A lapse: which rule, whose, about what, and the entries it stands on."""

    rule: Rule
    key: str
    unit: int
    matter: int | None
    happened_at: datetime
    entries: tuple[int, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """One more for a tally."""

    rule: Rule
    unit: int
    period: date
    part: str
    seq: int
    at: datetime

    @property
    def key(self) -> str:
        """The tally's name."""
        return f"{self.rule.code}|{self.unit}|{self.period}"


@dataclass
class Bench:
    """The rules, what they remember, and what they have found so far."""

    ears: Mapping[str, Ears]
    zone: ZoneInfo
    sealed: Collection[str] = ()
    """Procedures of which no rule hears: no finding, count or evidence tells of a complaint."""
    memories: dict[str, Memory] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    _at: datetime | None = None
    _day: date = date.min

    def concerns(self, kind: str) -> bool:
        """Whether an entry of this kind can change anything."""
        return kind in self.ears or kind in OWNER_IN or kind in CHANGED

    def hear(self, told: Told) -> None:
        """Let the rules that it concerns meet one entry."""
        memory = self.memories.get(told.subject)
        if memory is None:
            memory = self.memories[told.subject] = {}
        self._learn(told, memory)
        ears = self.ears.get(told.kind)
        if ears is None or "skip" in memory:
            return
        for ear in ears.found(told.by, told.fields, memory.get("f", NO_FACTS)):
            KINDS[ear.rule.kind](self, ear.rule, ear.part, told, memory)

    def _learn(self, told: Told, memory: Memory) -> None:
        if (name := OWNER_IN.get(told.kind)) is not None:
            memory["u"] = told.fields.get(name)
            if told.kind == "matters.matter_opened":
                memory["f"] = {one: str(told.fields[one]) for one in FACTS if one in told.fields}
                sealed = told.fields.get("procedure") in self.sealed
                # another county's past is not ours to judge, and what is sealed is nobody's here
                if sealed or told.fields.get("channel") == "import":
                    memory["skip"] = 1
            self.changed.add(told.subject)
        elif (fact := CHANGED.get(told.kind)) is not None and "f" in memory:
            memory["f"][fact] = str(told.fields.get(fact))
            self.changed.add(told.subject)

    def lapse(
        self, rule: Rule, told: Told, memory: Memory, entries: list[int], **facts: object
    ) -> None:
        """Keep a finding about the entry's subject."""
        unit = unit_of(rule, told, memory)
        if unit is None or not self.in_force(rule, told.at):
            return
        key = f"{rule.code}|{told.subject}|{entries[0]}|{entries[-1]}"
        matter = matter_of(told.subject)
        self.found.append(Found(rule, key, unit, matter, told.at, tuple(entries), facts))

    def in_force(self, rule: Rule, at: datetime) -> bool:
        """Whether the rule was in force on that day."""
        day = self.day(at)
        until = rule.in_force_until
        return rule.in_force_from <= day and (until is None or day <= until)

    def day(self, at: datetime) -> date:
        """The county's day, reckoned once for all the rules that one entry meets."""
        if at != self._at:
            self._at, self._day = at, at.astimezone(self.zone).date()
        return self._day

    def note(self, rule: Rule, memory: Memory, subject: str) -> dict[str, Any]:
        """What the rule has noted of this subject, to be changed."""
        self.changed.add(subject)
        notes: dict[str, Any] = memory.setdefault("n", {}).setdefault(rule.code, {})
        return notes


def unit_of(rule: Rule, told: Told, memory: Memory) -> int | None:
    """Whose practice it is, as the log says it at that moment."""
    if rule.unit == "owner":
        return memory.get("u")
    return told.fields.get("unit" if rule.unit == "event" else "giver")


def matter_of(subject: str) -> int | None:
    """The matter that a subject of the log is, if it is one."""
    model, _sep, key = subject.partition(":")
    return int(key) if model == "matters.matter" and key.isdigit() else None


def overdue(memory: Memory, rules: Mapping[str, Rule], subject: str, by: datetime) -> list[Found]:
    """What should have followed before `by`, taken out of the memory."""
    found = []
    for code, waiting in list(memory.get("p", {}).items()):
        late = [one for one in waiting if one[1] < by.timestamp()]
        memory["p"][code] = [one for one in waiting if one not in late]
        if code in rules:
            found += [_too_late(rules[code], subject, one) for one in late]
        if not memory["p"][code]:
            del memory["p"][code]
    return found


def next_due(memory: Memory) -> datetime | None:
    """When the first thing that must follow is too late."""
    dues = [one[1] for waiting in memory.get("p", {}).values() for one in waiting]
    return datetime.fromtimestamp(min(dues), UTC) if dues else None


def _too_late(rule: Rule, subject: str, one: list[Any]) -> Found:
    seq, due, unit, _same = one
    key = f"{rule.code}|{subject}|{seq}|{seq}"
    at = datetime.fromtimestamp(due, UTC)
    return Found(rule, key, unit, matter_of(subject), at, (seq,), {"hours": rule.within_hours})


def _follow_up(bench: Bench, rule: Rule, part: str, told: Told, memory: Memory) -> None:
    if part == "on":
        unit = unit_of(rule, told, memory)
        if unit is None or not bench.in_force(rule, told.at):
            return
        due = told.at.timestamp() + (rule.within_hours or 0) * 3600
        memory.setdefault("p", {}).setdefault(rule.code, []).append(
            [told.seq, due, unit, told.fields.get(rule.same) if rule.same else None]
        )
        bench.changed.add(told.subject)
        return
    waiting = memory.get("p", {}).get(rule.code)
    if waiting:
        still = [one for one in waiting if not _ends(rule, part, told, one)]
        if len(still) < len(waiting):
            bench.changed.add(told.subject)
            memory["p"][rule.code] = still


def _ends(rule: Rule, part: str, told: Told, one: list[Any]) -> bool:
    """Whether this entry is in time for what is waited for. One that is too late ends nothing: an
    earlier one may stand behind it in the log, where the past was entered afterwards."""
    _seq, due, _unit, same = one
    if rule.same and part == "expects" and same != told.fields.get(rule.same):
        return False
    return told.at.timestamp() <= float(due)


def _sequence(bench: Bench, rule: Rule, part: str, told: Told, memory: Memory) -> None:
    if part in ("needs", "never_after"):
        bench.note(rule, memory, told.subject)["seen"] = told.seq
    elif part == "resets":
        if rule.code in memory.get("n", {}):
            bench.note(rule, memory, told.subject).clear()
    else:
        seen = memory.get("n", {}).get(rule.code, {}).get("seen")
        if rule.needs and seen is None:
            bench.lapse(rule, told, memory, [told.seq])
        elif rule.never_after and seen is not None:
            bench.lapse(rule, told, memory, [seen, told.seq])


def _two_person(bench: Bench, rule: Rule, part: str, told: Told, memory: Memory) -> None:
    least = rule.least or 2
    if rule.counted:
        number = told.fields.get(rule.counted)
        if isinstance(number, int) and number < least:
            bench.lapse(rule, told, memory, [told.seq], number=number, least=least)
        return
    if told.by.startswith("account:"):
        bench.note(rule, memory, told.subject).setdefault(told.by, told.seq)
    if part == "on":
        acted = memory.get("n", {}).get(rule.code, {})
        if len(acted) < least:
            bench.lapse(rule, told, memory, [told.seq], number=len(acted), least=least)


def _separation(bench: Bench, rule: Rule, part: str, told: Told, memory: Memory) -> None:
    if part == "resets":
        if rule.code in memory.get("n", {}):
            bench.note(rule, memory, told.subject).clear()
        return
    if not told.by.startswith("account:"):
        return
    who = f"{told.by}|{told.fields.get(rule.same)}" if rule.same else told.by
    if part == "first":
        bench.note(rule, memory, told.subject)[who] = told.seq
    elif (seq := memory.get("n", {}).get(rule.code, {}).get(who)) is not None:
        bench.lapse(rule, told, memory, [seq, told.seq])


def _tallied(bench: Bench, rule: Rule, part: str, told: Told, memory: Memory) -> None:
    unit = unit_of(rule, told, memory)
    if unit is None or rule.per is None or not bench.in_force(rule, told.at):
        return
    if rule.per == "matter":
        _counted_within(bench, rule, told, memory)
        return
    period = period_of(bench.day(told.at), rule.per)
    bench.counts.append(Count(rule, unit, period, part, told.seq, told.at))


def _counted_within(bench: Bench, rule: Rule, told: Told, memory: Memory) -> None:
    """So often in one matter; then it is counted anew."""
    entries = [*memory.get("n", {}).get(rule.code, {}).get("all", ()), told.seq]
    if len(entries) < (rule.least or 1):
        bench.note(rule, memory, told.subject)["all"] = entries
        return
    if len(entries) > 1:
        bench.note(rule, memory, told.subject).clear()
    bench.lapse(rule, told, memory, entries[:MOST_ENTRIES], number=len(entries))


KINDS: Mapping[str, Callable[[Bench, Rule, str, Told, Memory], None]] = {
    "missing_follow_up": _follow_up,
    "sequence": _sequence,
    "two_person": _two_person,
    "separation_of_duty": _separation,
    "count": _tallied,
    "ratio": _tallied,
    "deviation": _tallied,
}
