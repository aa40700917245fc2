"""A partner (联动单位): who else can be asked, what they offer, how soon they answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.calendar.periods import Period
from gongzhi.base.catalogue.kinds.category import Code, Priority
from gongzhi.base.catalogue.words import Words

Way = Literal["page", "api", "link", "phone"]
"""Its own page, its own program, a signed link, or the telephone."""


def _by_the_clock(text: str) -> str:
    if not Period.parse(text).counts_hours:
        raise ValueError("expected hours, minutes or seconds, such as PT5M")
    return text


Limit = Annotated[str, AfterValidator(_by_the_clock)]
ByPriority = tuple[Limit, Limit, Limit, Limit]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Offer(Words):
    """One thing the partner can do or bring."""

    code: Code


class Within(_Part):
    """How soon, for P1 to P4: until it says yes or no, and then until it is there."""

    accept: ByPriority = ("PT5M", "PT10M", "PT30M", "PT2H")
    there: ByPriority = ("PT30M", "PT45M", "PT2H", "PT8H")


class Suggest(_Part):
    """When the desk is reminded to ask it: a category, at least so urgent, with these answers."""

    category: Code
    priority: Priority = 4
    answers: Mapping[Code, tuple[str, ...]] = Field(default_factory=dict)
    offers: tuple[Code, ...] = ()

    def fits(self, category: str, priority: int, answers: Mapping[str, object]) -> bool:
        """Whether it speaks of such an incident."""
        told = all(str(answers.get(code, "")) in wanted for code, wanted in self.answers.items())
        return self.category == category and priority <= self.priority and told


class Example(_Part):
    """An incident, and whether the partner is suggested for it: replayed by the catalogue check."""

    category: Code
    priority: Priority = 3
    answers: Mapping[Code, str] = Field(default_factory=dict)
    suggested: bool = True


class Partner(_Part):
    """One file in ``catalogue/partners``."""

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    icon: str = Field(default="building", pattern=r"^[a-z][a-z0-9-]*$")
    unit: str = Field(default="", pattern=r"^([a-z][a-z0-9_]{1,39})?$")
    """Code of the unit whose accounts and programs answer; ``town`` is the town office of where it
    is; "" has neither, and answers by link or by phone."""
    phone: str = Field(default="", pattern=r"^[0-9 +-]{0,20}$")
    ways: tuple[Way, ...] = ("page", "link", "phone")
    """The first one is used unless the desk says otherwise."""
    offers: tuple[Offer, ...] = ()
    within: Within = Within()
    suggest: tuple[Suggest, ...] = ()
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        codes = [one.code for one in self.offers]
        for what, each in (("offers", codes), ("ways", list(self.ways))):
            if len(set(each)) != len(each):
                raise ValueError(f"{what}: each may stand only once")
        if not self.ways:
            raise ValueError("ways: expected at least one")
        unknown = {code for one in self.suggest for code in one.offers} - set(codes)
        if unknown:
            raise ValueError(f"suggest.offers: it doesn't offer {min(unknown)!r}")
        if self.suggest and not self.examples:
            raise ValueError("examples: expected at least one, as it is suggested")
        for number, example in enumerate(self.examples):
            if self.suggested_for(example) is not example.suggested:
                raise ValueError(f"examples.{number}: it comes out the other way")
        return self

    def suggested_for(self, example: Example) -> bool:
        """Whether it is suggested for this incident."""
        told = (example.category, example.priority, example.answers)
        return any(one.fits(*told) for one in self.suggest)

    def offer(self, code: str) -> Offer | None:
        """What it offers under this code."""
        return next((one for one in self.offers if one.code == code), None)

    def accepts_within(self, priority: int) -> timedelta:
        """Until it says yes or no."""
        return Period.parse(self.within.accept[priority - 1]).length

    def there_within(self, priority: int) -> timedelta:
        """From its yes until it is there."""
        return Period.parse(self.within.there[priority - 1]).length
