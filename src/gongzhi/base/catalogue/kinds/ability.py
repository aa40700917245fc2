"""An ability: what a unit can do or carries, and a run card can ask for."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class Ability(BaseModel):
    """One file in ``catalogue/abilities``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    kind: Literal["skill", "equipment"]
    """A skill is the crew's, equipment is the vehicle's or the boat's."""
    name: Words
