"""A forecast: what may be foreseen by place and time, and why. Nothing else may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Category, Code
from gongzhi.base.catalogue.words import Words

Treats = Literal["harm", "demand"]
NEVER = frozenset({
    "crowd", "dispute_wage", "drugs", "gambling_vice", "minor_care", "other", "police_complaint",
    "police_other", "self_harm", "suspicious", "wage_arrears",
})  # fmt: skip
"""What people say and ask of those who govern them, what patrols make more of by looking, what may
hide the former, and what points to somebody's distress."""
VOICES = re.compile(
    r"complain|petition|opinion|protest|assembl|demonstration|grievance|appeal|dissent"
    r"|信访|上访|投诉|意见|建议|集会|游行|示威|舆情|不满",
    re.IGNORECASE,
)
"""The same in the words of a county's own categories."""


class Forecast(BaseModel):
    """One file in ``catalogue/forecasts``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    treats: Treats
    """``harm``: each category for itself, as where help is wanted. ``demand``: only how many calls
    come, all such categories together, for rostering."""
    categories: tuple[Code, ...] = Field(min_length=1)
    reason: Words
    """Why this may be foreseen."""


def unfit_forecasts(
    forecasts: Mapping[str, Forecast], categories: Mapping[str, Category]
) -> list[str]:
    """What only the whole catalogue shows: categories that aren't there, are named twice, or may
    never be foreseen."""
    faults, taken = [], set()
    for one in forecasts.values():
        for code in one.categories:
            where = f"forecasts/{one.code}.toml: categories: {code!r}"
            category = categories.get(code)
            if category is None:
                faults.append(f"{where}: there is no such category")
                continue
            if code in taken:
                faults.append(f"{where} is named twice")
            taken.add(code)
            if forbidden(category):
                faults.append(f"{where} is never foreseen: it is no harm that residents report")
            elif one.treats == "harm" and not category.harm:
                faults.append(f'{where} is no kind of harm (`harm = true`): expected "demand"')
    return faults


def forbidden(category: Category) -> bool:
    """Whether it may never be foreseen, whatever a county writes."""
    words = (
        category.code,
        category.name.zh,
        category.name.en,
        category.group.zh,
        category.group.en,
    )
    return (
        category.code in NEVER
        or "complaint" in category.kinds
        or any(VOICES.search(one) for one in words)
    )


def foreseen(forecasts: Mapping[str, Forecast], treats: Treats) -> frozenset[str]:
    """The categories that may be foreseen so."""
    return frozenset(
        c for one in forecasts.values() if one.treats == treats for c in one.categories
    )
