"""What a unit is doing, as a county calls it; the code goes by the meaning alone."""

from __future__ import annotations

from typing import Literal, Self, get_args

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words, in_both

Meaning = Literal["off_duty", "free", "dispatched", "en_route", "on_scene", "busy"]
"""Off duty; can be sent; sent, on the way, there; on duty but not to be sent now."""
MEANINGS: tuple[str, ...] = get_args(Meaning)
ITSELF = _("“%(code)s”是平台自己的状态，只能改名字，meaning 要写 %(code)s")


class UnitStatus(BaseModel):
    """One file in ``catalogue/unit_statuses``.

    One named as a meaning (``busy.toml``) calls that meaning otherwise; any other is finer than
    its meaning: a meal is a way to be busy, bringing somebody to hospital a way to be on scene.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    meaning: Meaning
    name: Words

    @model_validator(mode="after")
    def _keeps_its_own_meaning(self) -> Self:
        if self.code in MEANINGS and self.code != self.meaning:
            raise ValueError(f"meaning: {in_both(ITSELF, code=self.code)}")
        return self
