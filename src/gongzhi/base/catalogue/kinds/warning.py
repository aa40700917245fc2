"""A kind of public warning: what its message says before anybody has changed a word.

The codes are those of the Common Alerting Protocol 1.2 (OASIS Standard, 1 July 2010).
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

CapCategory = Literal[
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra",
    "CBRNE", "Other",
]  # fmt: skip
Response = Literal[
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"
]
Urgency = Literal["Immediate", "Expected", "Future", "Past", "Unknown"]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]
LONGEST_HOURS = 14 * 24


class Wording(BaseModel):
    """What a message says, in both languages. 〔…〕 is a gap to be filled in before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    headline: Words
    description: Words
    instruction: Words


class WarningKind(BaseModel):
    """One file in ``catalogue/warnings``. A warning is about a place and a time, never a person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    """The event, as CAP's ``event`` has it."""
    hint: Words
    """When to use it."""
    icon: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    categories: tuple[CapCategory, ...] = Field(min_length=1)
    urgency: Urgency = "Immediate"
    severity: Severity
    certainty: Certainty = "Observed"
    responses: tuple[Response, ...] = ()
    hours: int = Field(ge=1, le=LONGEST_HOURS)
    """How long it stands if nobody says otherwise."""
    closes: Literal["road", "ferry"] | None = None
    """What nobody can use inside the area while it stands."""
    incidents: tuple[Code, ...] = ()
    """Categories of incidents from which it is offered."""
    matches: tuple[str, ...] = ()
    """Words in an outside warning's event that make it one of this kind; small letters."""
    begun: Wording
    over: Wording
    """What the all-clear says."""

    @model_validator(mode="after")
    def _matches_in_small_letters(self) -> Self:
        if any(word != word.casefold() or not word.strip() for word in self.matches):
            raise ValueError("matches: expected words in small letters")
        return self
