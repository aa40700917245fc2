"""Why a crew on patrol may skip a stop."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class PatrolSkip(BaseModel):
    """One file in ``catalogue/patrol_skips``. It is about the place, the hour or the way."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
