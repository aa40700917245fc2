"""A deed: what is done in a matter beside its steps, and which clocks of law it moves."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

Move = Annotated[str, StringConstraints(pattern=r"^(begin|done|hold|resume):[a-z][a-z0-9_]{1,39}$")]
"""What happens to a clock: it begins, is kept, stands still, goes on."""


PartyRole = Literal[
    "suspect",
    "victim",
    "witness",
    "guardian",
    "counsel",
    "complainant",
    "reporter",
    "caller",
    "applicant",
]
"""As what somebody takes part in a matter."""


class Deed(BaseModel):
    """An appraisal, a hearing, a detention: it lasts from its begin to its end, or is done at once
    where it has no words for an end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Words
    end: Words | None = None
    """How its end is called: 收到鉴定意见 / Opinion received."""
    of: tuple[PartyRole, ...] = ()
    """Whom it is about: one of the parties with these roles, named when it is begun. The clocks
    that it moves are then that person's own."""
    at: tuple[Code, ...] = ()
    """At which steps it may begin; at any when left out."""
    during: tuple[Code, ...] = ()
    """It may begin only while one of these deeds lasts, of the same person where it is about one:
    the family is told of a detention, an identity is found out while somebody is held."""
    when_closed: bool = False
    """It may begin when the matter is closed, too: a review that is asked for afterwards."""
    begins: tuple[Move, ...] = ()
    ends: tuple[Move, ...] = ()
    planned: Words | None = None
    """What is planned with it, whose time is to be told: 听证 / The hearing."""
    custody: bool = False
    """It takes somebody's liberty."""

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.begins and not self.ends:
            raise ValueError("begins: it moves no clock")
        if self.ends and self.end is None:
            raise ValueError("end: expected, for what happens when it ends")
        return self

    @property
    def lasts(self) -> bool:
        """Whether it has an end of its own."""
        return self.end is not None

    def holds(self, clock: str) -> bool:
        """Whether this clock stands still while it lasts."""
        return f"hold:{clock}" in self.begins
