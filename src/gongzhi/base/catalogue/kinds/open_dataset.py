"""An open dataset: figures that anybody may have, as a table that is published in versions.

What may be told at all is said here, in code, and no county's file adds to it: how many calls,
requests and finished applications there were, by place, time and category. There is no word for
complaints, petitions, opinions, cases, care, appraisal or integrity, nor for anything of a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from gongzhi.base.catalogue.kinds.category import Category, Code
from gongzhi.base.catalogue.kinds.dataset import Frequency
from gongzhi.base.catalogue.kinds.forecast import forbidden
from gongzhi.base.catalogue.words import Words

LEAST = 5
"""Facts behind every figure, at least. No file makes it fewer."""
COARSEST, FINEST = 5, 7
"""Resolutions of cells: 252 and 5 km²."""
MOST_A_YEAR = 12.0
"""Epsilon that all datasets of one source together may spend in a year."""
AT_HOME = frozenset({"dispute_family", "domestic_violence", "elder_help"})
"""What happens in somebody's home; never told, besides what may never be foreseen."""


class Source(StrEnum):
    """What may be counted: nothing else is open."""

    INCIDENTS = "incidents"
    REQUESTS = "requests"
    APPLICATIONS = "applications"


KIND_OF = {Source.INCIDENTS: "incident", Source.REQUESTS: "request"}
"""Sources that are counted by marks; a category has to be of this kind."""


class Column(StrEnum):
    """What may be told apart."""

    PERIOD = "period"
    TOWN = "town"
    CATEGORY = "category"
    CELL = "cell"
    HOURS = "hours"
    SERVICE = "service"


MADE_OF: Mapping[Source, frozenset[Column]] = {
    Source.INCIDENTS: frozenset(Column) - {Column.SERVICE},
    Source.REQUESTS: frozenset(Column) - {Column.SERVICE},
    Source.APPLICATIONS: frozenset({Column.PERIOD, Column.SERVICE}),
}
IN_A_GRID = frozenset({Column.PERIOD, Column.TOWN, Column.CATEGORY, Column.SERVICE})
"""Columns whose values are known beforehand: with noise every combination has to be told, so that
a row tells nothing by being there."""
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}
"""Open licences by their SPDX names (https://spdx.org/licenses/), and where their text stands."""


class Privacy(BaseModel):
    """Noise by differential privacy: what each version spends, and what a year may."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    epsilon: float = Field(gt=0, le=2)
    """Of one version. The smaller, the more noise."""
    per_year: float = Field(gt=0, le=MOST_A_YEAR)

    @model_validator(mode="after")
    def _one_version_fits(self) -> Self:
        if self.epsilon > self.per_year:
            raise ValueError("per_year: expected at least what one version spends")
        return self


class Put(BaseModel):
    """Facts of an example: so many on this day at this hour."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: str
    hour: int = Field(default=12, ge=0, le=23)
    many: int = Field(default=1, ge=1)
    town: str = ""
    category: str = ""
    service: str = ""
    cell: str = ""


class Example(BaseModel):
    """What comes out of some facts; the tests make it so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    today: str
    facts: tuple[Put, ...]
    rows: tuple[Mapping[str, Any], ...]
    """All that would be told; with noise, the counts that it is added to and are above 0."""


class OpenDataset(BaseModel):
    """One file in ``catalogue/open_data``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    publisher: Words
    source: Source
    dataset: Code
    """What it is made from, in ``catalogue/datasets``."""
    by: tuple[Column, ...] = Field(min_length=1)
    """Its columns, beside the count; the period first."""
    period: Literal["month", "quarter", "year"] = "month"
    wait_days: int = Field(default=7, ge=1, le=92)
    """Days after a period's end before it is told: what is corrected by then is right at once."""
    k: int = Field(default=LEAST, ge=LEAST, le=100, multiple_of=LEAST)
    cell_size: int = Field(default=FINEST, ge=COARSEST, le=FINEST)
    hours: Literal[4, 6, 8, 12] = 6
    """Of a day's parts, where hours are told."""
    categories: tuple[Code, ...] = ()
    """Those that are counted; none: all that may be."""
    licence: str
    privacy: Privacy | None = None
    examples: tuple[Example, ...] = Field(min_length=1)

    @field_validator("licence")
    @classmethod
    def _is_open(cls, given: str) -> str:
        if given not in LICENCES:
            raise ValueError(f"expected an open licence: {', '.join(LICENCES)}")
        return given

    @model_validator(mode="after")
    def _columns_fit(self) -> Self:
        if self.by[0] != Column.PERIOD or len(set(self.by)) != len(self.by):
            raise ValueError("by: expected the period first, and no column twice")
        if lost := set(self.by) - MADE_OF[self.source]:
            raise ValueError(f"by: {self.source} has no {min(lost)}")
        if self.source not in KIND_OF and self.privacy is None:
            raise ValueError(f"privacy: {self.source} are told with noise only")
        if self.privacy and (lost := set(self.by) - IN_A_GRID):
            raise ValueError(f"by: with noise there is no {min(lost)}")
        return self

    @property
    def licence_url(self) -> str:
        """Where the licence's text stands."""
        return LICENCES[self.licence]

    @property
    def changes(self) -> Frequency:
        """How often there is something new."""
        return Frequency.MONTHLY if self.period == "month" else Frequency.IRREGULAR

    @property
    def shape(self) -> str:
        """All that says what a row is: versions of one dataset are alike in it, for ever."""
        told = (self.source, self.period, self.k, self.cell_size, self.hours, bool(self.privacy))
        return "|".join(str(one) for one in (*self.by, *told, *sorted(self.categories)))


def open_categories(source: Source, cells: bool, known: Iterable[Category]) -> list[str]:
    """Codes of the categories of a source that anybody may be told of. By cells only those that can
    have one cause (``linked``): the others are somebody's home, health or quarrel."""
    kind = KIND_OF.get(source)
    return sorted(
        one.code for one in known
        if kind in one.kinds and not forbidden(one) and one.code not in AT_HOME
        if one.linked or not cells
    )  # fmt: skip


def unfit_open_data(
    given: Mapping[str, OpenDataset], categories: Mapping[str, Category], datasets: Collection[str]
) -> list[str]:
    """What only the whole catalogue shows: categories that may not be told, datasets that aren't
    there, and a source of which more would be spent in a year than may be."""
    faults: list[str] = []
    spent: dict[Source, float] = {}
    for one in given.values():
        where = f"open_data/{one.code}.toml"
        may = open_categories(one.source, Column.CELL in one.by, categories.values())
        faults += [
            f"{where}: categories: {code!r} is never told in public"
            for code in one.categories if code not in may
        ]  # fmt: skip
        if one.dataset not in datasets:
            faults.append(f"{where}: dataset: there is no {one.dataset!r}")
        if one.privacy:
            spent[one.source] = spent.get(one.source, 0.0) + one.privacy.per_year
    faults += [
        f"open_data: privacy.per_year: {source} would spend {much:g} a year, not {MOST_A_YEAR:g}"
        for source, much in spent.items() if much > MOST_A_YEAR
    ]  # fmt: skip
    return faults
