"""A check-in: how often a crew at a scene is asked whether it is well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

Priority = Annotated[int, Field(ge=1, le=4)]
Mode = Literal["car", "motorcycle", "foot", "boat", "traffic_car", "other"]
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=4)


@dataclass(frozen=True)
class Scene:
    """What a unit is at: the kind and urgency of the incident, what it rides in, and how many its
    crew is."""

    category: str
    priority: int
    mode: str
    people: int


class Example(BaseModel):
    """A scene, and whether its crew is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: Code
    priority: Priority
    mode: Mode = "car"
    people: int = Field(default=2, ge=1)
    asked: bool = True


class CheckIn(BaseModel):
    """One file in ``catalogue/checkins``. Of several that fit a scene the shortest counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    """Why, in a sentence."""
    in_force_from: date
    in_force_until: date | None = None
    priorities: tuple[Priority, ...] = ()
    categories: tuple[Code, ...] = ()
    modes: tuple[Mode, ...] = ()
    alone: bool = False
    """Only where somebody is there alone. Whatever is left out fits all."""
    every: timedelta = Field(ge=SHORTEST, le=LONGEST)
    grave_after: timedelta = Field(ge=SHORTEST, le=LONGEST)
    """So long after the answer was due it is grave that none came."""
    examples: tuple[Example, ...] = Field(min_length=1)

    def fits(self, scene: Scene) -> bool:
        """Whether the crew at this scene is asked by it."""
        return (
            (not self.priorities or scene.priority in self.priorities)
            and (not self.categories or scene.category in self.categories)
            and (not self.modes or scene.mode in self.modes)
            and (not self.alone or scene.people == 1)
        )

    def is_in_force(self, on: date) -> bool:
        """Whether it counts on this day."""
        return self.in_force_from <= on and (
            self.in_force_until is None or on <= self.in_force_until
        )

    @model_validator(mode="after")
    def _examples_come_out(self) -> Self:
        for number, one in enumerate(self.examples, 1):
            scene = Scene(one.category, one.priority, one.mode, one.people)
            if self.fits(scene) is not one.asked:
                raise ValueError(f"examples.{number}: it comes out otherwise")
        return self
