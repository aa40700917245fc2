"""A rule by which a text is taken out of public view; there is no other reason to do so."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class ModerationExample(BaseModel):
    """A text, and whether the rule takes it out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Words
    removed: bool


class ModerationRule(BaseModel):
    """One file in ``catalogue/moderation``. All of it is published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    rule: Words
    examples: tuple[ModerationExample, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _shows_both_sides(self) -> Self:
        if {one.removed for one in self.examples} != {True, False}:
            raise ValueError("examples: expected one that is removed and one that stays")
        return self
