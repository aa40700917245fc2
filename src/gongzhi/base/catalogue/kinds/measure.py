"""A measure of how it goes: what is counted, how it can be gamed and what guards against that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import isclose
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.measure_formulas import FORMULAS, counted
from gongzhi.base.catalogue.kinds.measure_sources import SOURCES
from gongzhi.base.catalogue.words import Words

AIMS = ("stability", "approval", "residents", "officers")
LEVERS = ("fewer_calls", "fewer_crimes", "solved", "well_handled")
PUBLIC_LEAST = 20
"""No public number is made of fewer."""


class Game(BaseModel):
    """How the number could be made better without anything being better, and what guards."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    how: Words
    guard: Words


class Example(BaseModel):
    """Facts, and the number that they must give; tests replay it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: tuple[Mapping[str, str | bool | float], ...]
    residents: int = 0
    gives: float | None = None


class Measure(BaseModel):
    """One file in ``catalogue/measures``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    serves: Literal[
        "stability", "approval", "residents", "officers",
        "fewer_calls", "fewer_crimes", "solved", "well_handled",
    ]  # fmt: skip
    """One of the four aims, or of the four levers."""
    name: Words
    meaning: Words
    """What it tells, in plain words."""
    not_measured: Words | None = None
    """Why there is no number yet. Then there is no formula, and nothing is made up."""
    counted: Words | None = None
    """How it is counted, so that somebody could do it by hand."""
    formula: str = ""
    source: str = ""
    where: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """Which facts of the source; none named: all."""
    limit: float | None = None
    """Seconds, or what else the values are, up to which one is in time (``within``)."""
    shown: Literal["", "seconds", "times"] = ""
    """What values are: a span of time, or so many times."""
    better: Literal["up", "down", "neither"] = "neither"
    audience: Literal["public", "internal"] = "internal"
    least: int = Field(default=20, ge=5)
    """Of fewer no number is told."""
    mix: tuple[str, ...] = ()
    """By which facts units are made comparable: what is expected of each kind of them."""
    games: tuple[Game, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def is_aim(self) -> bool:
        """Whether it serves one of the four aims rather than one of the four levers."""
        return self.serves in AIMS

    @property
    def measured(self) -> bool:
        """Whether there is a number."""
        return self.not_measured is None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.not_measured is not None:
            if self.formula or self.source:
                raise ValueError("not_measured: then no formula and no source")
            return self
        if lost := self._lacking():
            raise ValueError(f"{lost}: expected, as it is measured")
        if self.audience == "public" and self.least < PUBLIC_LEAST:
            raise ValueError(f"least: expected {PUBLIC_LEAST} at least, as everybody sees it")
        return self

    def _lacking(self) -> str:
        needed: dict[str, object] = {
            "counted": self.counted, "formula": self.formula, "source": self.source,
            "games": self.games, "examples": self.examples,
        }  # fmt: skip
        if self.formula == "within":
            needed["limit"] = self.limit
        return next((key for key, told in needed.items() if not told), "")

    def takes(self, facts: Mapping[str, object]) -> bool:
        """Whether a fact of the source is meant."""
        return all(str(facts.get(key)) in wanted for key, wanted in self.where.items())


def unfit_measures(measures: Iterable[Measure], categories: Collection[str]) -> list[str]:
    """What only the whole shows: formulas, sources, facts and categories that aren't there, and
    examples that come out otherwise."""
    return [
        f"measures/{one.code}.toml: {wrong}"
        for one in measures if one.measured
        for wrong in (*_unknown(one, categories), *_otherwise(one))
    ]  # fmt: skip


def _unknown(one: Measure, categories: Collection[str]) -> list[str]:
    if one.formula not in FORMULAS:
        return [f"formula: expected one of {', '.join(FORMULAS)}, not {one.formula!r}"]
    source = SOURCES.get(one.source)
    if source is None:
        return [f"source: expected one of {', '.join(SOURCES)}, not {one.source!r}"]
    wrong = [
        f"{key}: {one.source} tells no {fact!r}; it tells {', '.join(sorted(source.facts))}"
        for key, facts in (("where", one.where), ("mix", one.mix))
        for fact in facts if fact not in source.facts
    ]  # fmt: skip
    if one.formula not in source.formulas:
        fitting = ", ".join(sorted(source.formulas))
        wrong.append(f"formula: of {one.source} expected one of {fitting}, not {one.formula!r}")
    lost = sorted(set(one.where.get("category", ())) - set(categories))
    return wrong + [f"where.category: there is no category {code!r}" for code in lost]


def _otherwise(one: Measure) -> list[str]:
    if one.formula not in FORMULAS:
        return []
    found = []
    for number, example in enumerate(one.examples, 1):
        told = counted(
            one.formula, [fact for fact in example.facts if one.takes(fact)],
            limit=one.limit, residents=example.residents,
        )  # fmt: skip
        gives = FORMULAS[one.formula](told)
        if not _same(gives, example.gives):
            found.append(f"examples: number {number} gives {gives}, not {example.gives}")
    return found


def _same(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return left is right
    return isclose(left, right, rel_tol=1e-6)
