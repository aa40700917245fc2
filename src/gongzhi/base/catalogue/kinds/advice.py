"""A card of advice: what a call-taker reads to the caller, step by step, in either language."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class Advice(BaseModel):
    """One file in ``catalogue/advice``; which category reads which card stands with the category.

    What is medical has to be confirmed by a doctor of the county, who lays a file over the shipped
    one with the name and the day in ``confirmed``. Until then the page says that nobody has.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    steps: tuple[Words, ...] = Field(min_length=1, max_length=9)
    """Each as it is said aloud to the caller, one breath or two."""
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4)]
    """The guideline, law or practice that it follows."""
    medical: bool = False
    confirmed: str = ""
    """Who in the county confirmed it, and when."""
    beat: int | None = Field(default=None, ge=60, le=140)
    """Pushes a minute, shown as a pulse to count by."""

    @property
    def waits_for_a_doctor(self) -> bool:
        """Whether a doctor of the county still has to confirm it."""
        return self.medical and not self.confirmed.strip()
