"""An agreed question (约定问题): several departments' rows counted side by side, by place and time.

Whoever asks gets counts, never rows. What is counted by is a place, a time or a kind of thing; no
field that tells one row from another can stand in it, so no question is about somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Category, Code
from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.forecast import VOICES, forbidden
from gongzhi.base.catalogue.kinds.offer import Offer, use_of
from gongzhi.base.catalogue.words import Words, in_both

By = Literal["town"]
MARKED = {"town": "town", "kind": "category"}
"""What the county's own matters are counted by: that which their marks know."""
NOT_COUNTED = _("“%(name)s”不是地点、时间或类别，不能拿来数")
NOT_ASKED = _("“%(name)s”不能问：投诉、信访、意见、警心、考评、廉洁的内容从来不给")
NO_OFFER = _("没有名为“%(name)s”的可供数据")
TWICE = _("“%(name)s”写了两次")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Counted(_Part):
    """One column of the answer: how many rows of an offer, by town and perhaps by kind."""

    code: Code
    name: Words
    offer: Code
    town: Code = "town"
    """The field that says the town."""
    kind: Code | None = None
    """The field that splits it: a category, a state."""
    when: Code | None = None
    """The field whose time lies in the period; None where what holds now is counted."""
    only: tuple[str, ...] = ()
    """Values of ``kind`` that are counted; none: all."""


class Example(_Part):
    """Made-up numbers of rows and what is told of them, replayed by the tests."""

    rows: dict[Code, dict[str, dict[str, int]]]
    """Column → town → kind ("" without one) → how many."""
    told: dict[str, dict[str, dict[str, int]]]
    """Town → column → kind → how many are told."""


class Question(_Part):
    """One file in ``catalogue/questions``."""

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    """What it is good for."""
    period: Literal["week", "month"] = "month"
    counts: tuple[Counted, ...] = Field(min_length=1, max_length=6)
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_lawful(self) -> Self:
        codes = [one.code for one in self.counts]
        if double := next((one for one in codes if codes.count(one) > 1), None):
            raise ValueError(in_both(TWICE, name=double))
        told = [self.code, self.name.zh, self.name.en, self.about.zh, self.about.en]
        told += [words for one in self.counts for words in (one.code, one.name.zh, one.name.en)]
        if any(VOICES.search(one) for one in told):
            raise ValueError(in_both(NOT_ASKED, name=self.code))
        return self


def unfit_questions(
    questions: Mapping[str, Question], offers: Mapping[str, Offer],
    connectors: Mapping[str, Connector], categories: Mapping[str, Category],
) -> Iterator[str]:  # fmt: skip
    """What only the whole catalogue shows: what is counted and isn't there, or can't be."""
    for one in questions.values():
        for counted in one.counts:
            offer = offers.get(counted.offer)
            wrong = (
                [in_both(NO_OFFER, name=counted.offer)]
                if offer is None
                else list(_unfit(counted, offer, connectors, categories))
            )
            yield from (f"questions/{one.code}.toml: counts.{counted.code}: {w}" for w in wrong)


def _unfit(
    counted: Counted, offer: Offer, connectors: Mapping[str, Connector],
    categories: Mapping[str, Category],
) -> Iterator[str]:  # fmt: skip
    uses = {"place": counted.town, "kind": counted.kind, "time": counted.when}
    for use, name in uses.items():
        if name is not None and use_of(offer, name, connectors) != use:
            yield in_both(NOT_COUNTED, name=name)
    if offer.connector:
        return
    if counted.town != MARKED["town"] or counted.kind not in {None, MARKED["kind"]}:
        yield in_both(NOT_COUNTED, name=counted.kind or counted.town)
    for code in counted.only:
        if code not in categories or forbidden(categories[code]):
            yield in_both(NOT_ASKED, name=code)
