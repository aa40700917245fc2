"""A dataset: what the platform holds together for one purpose, and by what right; and the data
elements, what each field of it says.

What a table's fields are is not told here: that is read from the models themselves
(`watch.exchange.datasets`). The vocabulary is that of DCAT-AP 3 and GB/T 43697-2024.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gongzhi.base.access.known import PERMISSIONS
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.words import Words

Holding = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z]+)?$")]
"""An app (``calls``) with all its tables that no other dataset names, or one table."""


class Sensitivity(StrEnum):
    """Who could be harmed if it got out."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    """Sensitive personal information (PIPL art. 28), or what a sealed procedure holds."""


class Frequency(StrEnum):
    """How often it changes, by the names of the EU's frequency authority table."""

    CONTINUOUS = "CONT"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    IRREGULAR = "IRREG"


class Distribution(BaseModel):
    """One way to get it: an address below the county's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    path: str = Field(pattern=r"^/[a-z0-9/_.{}-]*$")
    media_type: str = Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$")


class Dataset(BaseModel):
    """One file in ``catalogue/datasets``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    owner: Words
    """Who answers for it: a duty of the county, not a person."""
    purpose: Words
    basis: tuple[Basis, ...] = Field(min_length=1)
    sensitivity: Sensitivity
    holds: tuple[Holding, ...] = ()
    keep: Words
    """How long it is kept, and what happens then."""
    keepings: tuple[Code, ...] = ()
    """Limits of ``catalogue/keeping`` that erase parts of it sooner."""
    seen_by: tuple[str, ...] = ()
    """Permissions by which staff see it; none: nobody does, the platform alone works with it."""
    made_from: tuple[Code, ...] = ()
    """Datasets that it is worked out from."""
    changes: Frequency = Frequency.CONTINUOUS
    distributions: tuple[Distribution, ...] = ()


class Element(BaseModel):
    """What a field says, wherever a field is called so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: tuple[str, ...] = Field(min_length=1)
    """Names; ``app.model.field`` is about that one alone."""
    zh: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    en: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    standard: str = ""
    """The standard that says how it is written or coded, e.g. GB/T 2260."""

    @property
    def says(self) -> Words:
        """In both languages."""
        return Words(zh=self.zh, en=self.en)


class Elements(BaseModel):
    """One file in ``catalogue/elements``: the elements of one theme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    elements: tuple[Element, ...] = Field(min_length=1)


def unfit_datasets(
    datasets: Iterable[Dataset], elements: Iterable[Elements], keepings: Collection[str]
) -> list[str]:
    """What only the whole catalogue shows: names of nothing, tables and fields told of twice."""
    faults: list[str] = []
    sets = list(datasets)
    codes = {one.code for one in sets}
    for one in sets:
        where = f"datasets/{one.code}.toml"
        named = {"keepings": (one.keepings, keepings), "made_from": (one.made_from, codes)}
        named["seen_by"] = (one.seen_by, PERMISSIONS)
        for key, (given, known) in named.items():
            faults += [
                f"{where}: {key}: there is no {lost!r}" for lost in given if lost not in known
            ]
    held = [(table, f"datasets/{one.code}.toml") for one in sets for table in one.holds]
    told = [
        (name, f"elements/{one.code}.toml")
        for one in elements
        for element in one.elements
        for name in element.fields
    ]
    return faults + _twice(held) + _twice(told)


def _twice(named: Iterable[tuple[str, str]]) -> list[str]:
    first: dict[str, str] = {}
    faults = []
    for name, where in named:
        if name in first:
            faults.append(f"{where}: {name} stands in {first[name]}, too")
        first.setdefault(name, where)
    return faults
