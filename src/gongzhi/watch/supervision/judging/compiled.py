"""Rules compiled, so that an entry only meets those that concern its kind and its main field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongzhi.base.catalogue.kinds.rule import Match, Rule

_PARTS = ("resets", "excuses", "expects", "first", "needs", "never_after", "deeds", "of", "on")
ORDER = {part: place for place, part in enumerate(_PARTS)}
"""In which order the parts of a rule meet one entry: what ends comes before what begins."""


Wanted = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Ear:
    """One match of one rule."""

    rule: Rule
    part: str
    where: Wanted
    """What must fit beside that by which it is looked up."""
    matter: Wanted
    but: Wanted
    staff_only: bool

    def hears(self, by: str, fields: Mapping[str, Any], facts: Mapping[str, str]) -> bool:
        """Whether the entry is one of these. Plain loops: it is asked some times an entry."""
        if self.staff_only and not by.startswith("account:"):
            return False
        for name, wanted in self.matter:
            if facts.get(name) not in wanted:
                return False
        for name, wanted in self.where:
            if not _fits(fields.get(name), wanted):
                return False
        return not (self.but and self._is_left_out(fields))

    def _is_left_out(self, fields: Mapping[str, Any]) -> bool:
        return any(_fits(fields.get(name), unwanted) for name, unwanted in self.but)


Shelf = dict[str, dict[str, list[Ear]]]


@dataclass(slots=True)
class Ears:
    """All that listen to one kind of entry, by a value of the entry or of its matter."""

    always: list[Ear] = field(default_factory=list)
    by_field: Shelf = field(default_factory=dict)
    by_fact: Shelf = field(default_factory=dict)

    def found(self, by: str, fields: Mapping[str, Any], facts: Mapping[str, str]) -> list[Ear]:
        """Those that this entry concerns, what ends before what begins."""
        asked = list(self.always)
        for name, values in self.by_field.items():
            for text in _texts(fields.get(name)):
                asked += values.get(text, ())
        for name, values in self.by_fact.items():
            asked += values.get(facts.get(name, ""), ())
        heard = [ear for ear in asked if ear.hears(by, fields, facts)]
        if len(heard) > 1:
            heard.sort(key=_order)
        return heard


def compiled(rules: Iterable[Rule]) -> dict[str, Ears]:
    """Who listens, by the kind of entry."""
    heard: dict[str, Ears] = defaultdict(Ears)
    for rule in rules:
        for part, match in rule.parts():
            _put(heard[match.event], rule, part, match)
    return dict(heard)


def _put(ears: Ears, rule: Rule, part: str, match: Match) -> None:
    where, matter = _wanted(match.where), _wanted(rule.matter)
    ear = Ear(rule, part, where, matter, _wanted(match.but), match.by == "staff")
    narrowest = rule.matter.get("category")
    if narrowest:
        _shelve(ears.by_fact, "category", frozenset(narrowest), ear)
    elif where:
        _shelve(ears.by_field, *where[0], ear)
    elif matter:
        _shelve(ears.by_fact, *matter[0], ear)
    else:
        ears.always.append(ear)


def _shelve(shelf: Shelf, name: str, values: frozenset[str], ear: Ear) -> None:
    for value in values:
        shelf.setdefault(name, {}).setdefault(value, []).append(ear)


def _wanted(given: Mapping[str, tuple[str, ...]]) -> Wanted:
    return tuple((name, frozenset(values)) for name, values in given.items())


def _order(ear: Ear) -> int:
    return ORDER[ear.part]


def _fits(given: Any, wanted: frozenset[str]) -> bool:
    if type(given) is str:
        return given in wanted
    return not wanted.isdisjoint(_texts(given))


def _texts(given: Any) -> tuple[str, ...]:
    if type(given) is str:
        return (given,)
    if given is None:
        return ()
    if isinstance(given, bool):
        return ("true" if given else "false",)
    if isinstance(given, list):
        return tuple(given)
    return (str(given),)
