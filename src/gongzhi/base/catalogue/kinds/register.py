"""A register that the office holds: what it knows of somebody, so that they needn't tell it."""

from __future__ import annotations

from typing import Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.kinds.service_facts import FACTS, NO_SUCH_FACT, WHO
from gongzhi.base.catalogue.words import Words, in_both

ASKED_WITH = _("“%(fact)s”是用来查的，不能从登记里给出")


class Register(BaseModel):
    """One file in ``catalogue/registers``. Its entries are loaded from a table
    (`gongzhi services load-register`) and asked one at a time, with the applicant's consent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    held_by: Words
    """Who keeps it: 派出所 / the police station."""
    facts: tuple[str, ...] = Field(min_length=1)
    """What it can answer (`service_facts.FACTS`)."""
    basis: Basis

    @model_validator(mode="after")
    def _gives_what_it_may(self) -> Self:
        for fact in self.facts:
            if fact not in FACTS:
                raise ValueError(
                    f"facts: {in_both(NO_SUCH_FACT, fact=fact, known=', '.join(FACTS))}"
                )
            if fact in WHO:
                raise ValueError(f"facts: {in_both(ASKED_WITH, fact=fact)}")
        return self
