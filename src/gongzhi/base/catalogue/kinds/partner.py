"""A partner (联动单位): who else can be asked, what they offer, how soon they answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.calendar.periods import Period
from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words, in_both

Way = Literal["page", "api", "link", "phone"]
"""Its own page, its own program, a signed link, or the telephone."""


def _by_the_clock(text: str) -> str:
    if not Period.parse(text).counts_hours:
        raise ValueError("expected hours, minutes or seconds, such as PT5M")
    return text


Limit = Annotated[str, AfterValidator(_by_the_clock)]
ByPriority = tuple[Limit, Limit, Limit, Limit]


ON_THE_CARD = _(
    "什么时候请它，写在出警方案里：把 suggest 和 examples 删掉，在管这个类别的 run_cards 文件的 "
    "partners 里写 %(lines)s"
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Offer(Words):
    """One thing the partner can do or bring."""

    code: Code


class Within(_Part):
    """How soon, for P1 to P4: until it says yes or no, and then until it is there."""

    accept: ByPriority = ("PT5M", "PT10M", "PT30M", "PT2H")
    there: ByPriority = ("PT30M", "PT45M", "PT2H", "PT8H")


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
    """What it can be asked for. When to think of asking it, the run cards say (their ``partners``),
    and nothing else."""
    within: Within = Within()

    @model_validator(mode="before")
    @classmethod
    def _cards_say_when(cls, given: object) -> object:
        """When to ask it stood here once. What is still there is told as a run card says it."""
        if isinstance(given, dict) and (old := given.get("suggest")):
            lines = "; ".join(_as_card_line(given.get("code", ""), one) for one in old)
            raise ValueError(in_both(ON_THE_CARD, lines=lines))
        return given

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        codes = [one.code for one in self.offers]
        for what, each in (("offers", codes), ("ways", list(self.ways))):
            if len(set(each)) != len(each):
                raise ValueError(f"{what}: each may stand only once")
        if not self.ways:
            raise ValueError("ways: expected at least one")
        return self

    def offer(self, code: str) -> Offer | None:
        """What it offers under this code."""
        return next((one for one in self.offers if one.code == code), None)

    def accepts_within(self, priority: int) -> timedelta:
        """Until it says yes or no."""
        return Period.parse(self.within.accept[priority - 1]).length

    def there_within(self, priority: int) -> timedelta:
        """From its yes until it is there."""
        return Period.parse(self.within.there[priority - 1]).length


def _as_card_line(partner: str, old: Mapping[str, Any]) -> str:
    """A ``[[suggest]]`` as the line of a run card that says the same."""
    when = []
    if (priority := old.get("priority", 4)) < 4:
        when.append(f"priority = {list(range(1, priority + 1))}")
    if answers := old.get("answers"):
        told = ", ".join(f"{code} = {json.dumps(few)}" for code, few in answers.items())
        when.append(f"answers = {{ {told} }}")
    said = [f'code = "{partner}"']
    said += [f"offers = {json.dumps(offers)}"] if (offers := old.get("offers")) else []
    said += [f"when = {{ {', '.join(when)} }}"] if when else []
    return f"{old.get('category', '?')}: {{ {', '.join(said)} }}"
