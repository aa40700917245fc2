"""A role: what somebody in it may do."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

Permission = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z]+_[a-z_]+$")]
"""``app.verb_noun``."""


class Role(BaseModel):
    """One file in ``catalogue/roles``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    permissions: frozenset[Permission] = frozenset()
