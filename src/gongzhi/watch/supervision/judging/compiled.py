"""Rules compiled, so that an entry only meets those that concern its kind and its main field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongzhi.base.catalogue.kinds.rule import Match, Rule

ORDER = (
    "resets", "excuses", "expects", "first", "needs", "never_after", "deeds", "of", "on",
)  # fmt: skip
"""In which order the parts of a rule meet one entry: what ends comes before what begins."""


@dataclass(frozen=True, slots=True)
class Ear:
    """One match of one rule."""

    rule: Rule
    part: str
    rest: tuple[tuple[str, frozenset[str]], ...]
    """What must fit beside the field by which it is looked up."""
    but: tuple[tuple[str, frozenset[str]], ...]
    staff_only: bool

    def hears(self, by: str, fields: Mapping[str, Any]) -> bool:
        """Whether the entry is one of these."""
        if self.staff_only and not by.startswith("account:"):
            return False
        if any(_fits(fields.get(name), unwanted) for name, unwanted in self.but):
            return False
        return all(_fits(fields.get(name), wanted) for name, wanted in self.rest)


@dataclass(slots=True)
class Ears:
    """All that listen to one kind of entry."""

    always: list[Ear] = field(default_factory=list)
    by_value: dict[str, dict[str, list[Ear]]] = field(default_factory=dict)

    def found(self, by: str, fields: Mapping[str, Any]) -> Iterator[Ear]:
        """Those that this entry concerns."""
        for ear in self.always:
            if ear.hears(by, fields):
                yield ear
        for name, values in self.by_value.items():
            for text in _texts(fields.get(name)):
                for ear in values.get(text, ()):
                    if ear.hears(by, fields):
                        yield ear


def compiled(rules: Iterable[Rule]) -> dict[str, Ears]:
    """Who listens, by the kind of entry."""
    heard: dict[str, Ears] = defaultdict(Ears)
    parts = [(rule, part, match) for rule in rules for part, match in rule.parts()]
    for rule, part, match in sorted(parts, key=lambda one: ORDER.index(one[1])):
        _put(heard[match.event], rule, part, match)
    return dict(heard)


def _put(ears: Ears, rule: Rule, part: str, match: Match) -> None:
    wheres = [(name, frozenset(values)) for name, values in match.where.items()]
    but = tuple((name, frozenset(values)) for name, values in match.but.items())
    ear = Ear(rule, part, tuple(wheres[1:]), but, match.by == "staff")
    if not wheres:
        ears.always.append(ear)
        return
    name, values = wheres[0]
    for value in values:
        ears.by_value.setdefault(name, {}).setdefault(value, []).append(ear)


def _fits(given: Any, wanted: frozenset[str]) -> bool:
    return any(text in wanted for text in _texts(given))


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
