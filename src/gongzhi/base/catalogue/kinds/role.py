"""A role: what somebody in it may do."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gongzhi.base.access.known import known
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

Permission = Annotated[str, AfterValidator(known)]
"""``app.verb_noun``, one of those that `base/access/known.py` lists."""


class Role(BaseModel):
    """One file in ``catalogue/roles``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    group: Words
    """What it stands under where roles are listed."""
    start: str = ""
    """The page that somebody in this role works on, as ``app:name``; "" leads to the overview."""
    second_factor: bool = False
    """Whether somebody in this role shows a code or a passkey besides the password."""
    permissions: frozenset[Permission] = frozenset()
