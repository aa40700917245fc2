"""A kind of task for volunteers: what one does there, what one never does, and what it takes."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

LEAST_TOGETHER = 2
"""Nobody goes alone, whatever a county writes."""


class Training(BaseModel):
    """What one learns before: a short article, and an hour with somebody who shows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    """Several kinds of tasks may share one."""
    name: Words
    article: tuple[Words, ...] = Field(min_length=1)
    """Its paragraphs."""


class Insurance(BaseModel):
    """Which policy covers it, as the county says. Without one no task of the kind is opened."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy: Words
    covers: Words
    until: date | None = None
    """The last day; None: until it is given up."""


class VolunteerTask(BaseModel):
    """One file in ``catalogue/tasks``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    icon: str = "people"
    name: Words
    about: Words
    does: tuple[Words, ...] = Field(min_length=1)
    never: tuple[Words, ...] = ()
    """Besides what no volunteer does anywhere, which is no county's to change."""
    bring: tuple[Words, ...] = ()
    call: tuple[Words, ...] = Field(min_length=1)
    """When to call 110, 119 or 120 instead."""
    together: int = Field(default=LEAST_TOGETHER, ge=LEAST_TOGETHER, le=20)
    """How many are there at least."""
    least_age: int = Field(ge=8, le=80)
    training: Training | None = None
    insurance: Insurance | None = None


def unfit_tasks(tasks: dict[str, VolunteerTask]) -> list[str]:
    """Trainings that share a code and aren't the same."""
    known: dict[str, Training] = {}
    return [
        f"tasks/{one.code}.toml: training: {one.training.code!r} differs elsewhere"
        for one in tasks.values()
        if one.training and known.setdefault(one.training.code, one.training) != one.training
    ]
