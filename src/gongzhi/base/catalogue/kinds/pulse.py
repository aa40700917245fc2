"""A pulse survey: a published instrument with its source, its terms and how it is added up."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Text, Words


class PulseForm(BaseModel):
    """One file in ``catalogue/pulses``. Each item is answered by one of the ``answers``, which are
    worth 0, 1, 2 … in their order; the sum times ``factor`` is the result."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    lead: Words
    """What stands above the items."""
    items: tuple[Words, ...] = Field(min_length=1, max_length=20)
    answers: tuple[Words, ...] = Field(min_length=2, max_length=8)
    factor: int = Field(default=1, ge=1, le=20)
    talk_at: int = Field(ge=0)
    """At this result or below a talk is suggested: guidance, no finding."""
    source: Text
    """Who published and validated it."""
    terms: Words
    """On which terms it may be used."""

    @property
    def most(self) -> int:
        """The greatest result."""
        return len(self.items) * (len(self.answers) - 1) * self.factor
