"""A support: whom an officer can talk to in confidence, and after which incidents it is offered."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class Support(BaseModel):
    """One file in ``catalogue/supports``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    phone: str = ""
    """A number to call at any hour, where there is one; nothing is booked then."""
    minutes: int = Field(default=50, ge=10, le=180)
    """How long a talk is."""
    after: tuple[Code, ...] = ()
    """Categories of incidents after which it is offered to everybody of the unit."""


def unfit_supports(supports: Iterable[Support], categories: Collection[str]) -> list[str]:
    """Categories that aren't there."""
    return [
        f"supports/{one.code}.toml: after: there is no category {code!r}"
        for one in supports
        for code in one.after
        if code not in categories
    ]
