"""A keeping: how long something is kept that nobody needs for longer."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class Keeping(BaseModel):
    """One file in ``catalogue/keeping``. The platform lets go what is older, by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    in_force_from: date
    keep: timedelta = Field(ge=timedelta(minutes=10), le=timedelta(days=366))
