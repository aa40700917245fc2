"""A shift that rosters are made of: when it is, and how many must be there."""

from __future__ import annotations

from datetime import time

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class SkillNeeded(BaseModel):
    """So many of those on the shift have this skill; more than `least` is good up to `ideal`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    skill: Code
    least: int = Field(default=0, ge=0, le=50)
    ideal: int = Field(ge=1, le=50)


class RosterShift(BaseModel):
    """One file in ``catalogue/roster_shifts``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    short: Words
    """One or two characters for the grid."""
    starts: time
    minutes: int = Field(ge=60, le=24 * 60)
    night: bool = False
    least: int = Field(default=1, ge=0, le=100)
    """Must be there, in a unit of any size."""
    share: float = Field(ge=0, le=1)
    """Of a unit's people, how many it is good to have on it."""
    weekends: bool = True
    """Whether it is needed on days off, too."""
    skills: tuple[SkillNeeded, ...] = ()

    @property
    def start(self) -> int:
        """Minutes after midnight."""
        return self.starts.hour * 60 + self.starts.minute

    @property
    def hours(self) -> str:
        """From when to when."""
        end = (self.start + self.minutes) % (24 * 60)
        return f"{self.starts:%H:%M}–{end // 60:02d}:{end % 60:02d}"
