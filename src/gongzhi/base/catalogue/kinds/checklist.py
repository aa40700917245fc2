"""A checklist: what is looked at when a closed case file is drawn for review."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class Item(BaseModel):
    """One question to the case file, and how many points a yes is worth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    ask: Words
    points: int = Field(ge=1, le=100)


class Checklist(BaseModel):
    """One file in ``catalogue/checklists``. It judges a case file, never who worked on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    procedures: tuple[Code, ...] = Field(min_length=1)
    in_force_from: date
    items: tuple[Item, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _asks_each_thing_once(self) -> Self:
        codes = [item.code for item in self.items]
        if len(set(codes)) != len(codes):
            raise ValueError("items: each code may stand only once")
        return self

    @property
    def points(self) -> int:
        """What a file without a fault has."""
        return sum(item.points for item in self.items)
