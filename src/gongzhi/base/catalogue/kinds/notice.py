"""A notice's texts: what people are told when something happened that they asked to know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.notice_offers import OFFERS, Offer
from gongzhi.base.catalogue.words import Words

FIELD = re.compile(r"\{([a-z_]+)\}")
LONGEST_SHORT = 250
"""Characters of a text message before its fields are filled in."""


class NoticeText(BaseModel):
    """One file in ``catalogue/notices``, named after its occasion. ``{number}`` is a field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    """What it is called on the staff's pages."""
    subject: Words
    """Of an e-mail and on a locked screen: harmless fields only."""
    text: Words
    """The e-mail."""
    short: Words
    """The text message, and what a phone shows."""

    @property
    def offer(self) -> Offer:
        """What its occasion offers."""
        return OFFERS[self.code]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.code not in OFFERS:
            raise ValueError(f"code: expected one of {', '.join(OFFERS)}")
        if faults := list(self._faults()):
            raise ValueError("; ".join(faults))
        return self

    def _faults(self) -> Iterator[str]:
        offer = self.offer
        for part, words in (("text", self.text), ("short", self.short)):
            yield from _unknown(part, words, offer.all_fields, "the occasion offers")
            for language, said in (("zh", words.zh), ("en", words.en)):
                if offer.stops and "{stop}" not in said:
                    yield f"{part}.{language}: expected {{stop}}, the way to end such notices"
        yield from _unknown("subject", self.subject, offer.for_subjects, "a subject may show")
        if "\n" in self.subject.zh + self.subject.en:
            yield "subject: expected one line"
        if max(len(self.short.zh), len(self.short.en) // 2) > LONGEST_SHORT:
            yield f"short: expected at most {LONGEST_SHORT} characters"


def fields_of(said: str) -> set[str]:
    """The fields that a text uses."""
    return set(FIELD.findall(said))


def filled(said: str, facts: Mapping[str, object]) -> str:
    """The text with its fields filled in; what nobody knows is left out."""
    return FIELD.sub(lambda found: str(facts.get(found[1], "")), said)


def _unknown(part: str, words: Words, known: frozenset[str], what: str) -> Iterator[str]:
    for language, said in (("zh", words.zh), ("en", words.en)):
        for field in sorted(fields_of(said) - known):
            offered = ", ".join(sorted(known))
            yield f"{part}.{language}: {{{field}}} is none of what {what}: {offered}"
        if re.search(r"[{}]", FIELD.sub("", said)):
            yield f"{part}.{language}: a brace that belongs to no field"


def unfit_notices(notices: Mapping[str, NoticeText]) -> list[str]:
    """Occasions that nobody has found words for."""
    return [
        f"notices/{code}.toml: expected, as the platform tells of it"
        for code in OFFERS
        if code not in notices
    ]
