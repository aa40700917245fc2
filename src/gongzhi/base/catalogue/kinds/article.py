"""An article of the knowledge base: one question that people ask, and its answer."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.words import Text, Words


class Also(BaseModel):
    """What people type who mean this, in their own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()


class Article(BaseModel):
    """One file in ``catalogue/articles``. What the law says of it stands with the clocks it names,
    or in `basis`; what stands in neither is how the county does it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    question: Words
    group: Words
    answer: tuple[Words, ...] = Field(min_length=1, max_length=6)
    """Paragraphs; the first answers, the others help."""
    also: Also = Also()
    service: str = ""
    """The code of the service that it is about, where there is one."""
    clocks: tuple[Code, ...] = ()
    """Of the law: their limits and citations are shown beside the answer."""
    basis: tuple[Basis, ...] = ()


def unfit_articles(
    articles: Mapping[str, Article], clocks: Mapping[str, Clock], services: Container[str]
) -> Iterable[str]:
    """What only the whole catalogue shows: clocks and services that aren't there, two articles for
    one question."""
    seen: dict[str, str] = {}
    for one in articles.values():
        where = f"articles/{one.code}.toml"
        for lost in sorted(set(one.clocks) - set(clocks)):
            yield f"{where}: clocks: there is no clock {lost!r}"
        if one.service and one.service not in services:
            yield f"{where}: service: there is no service {one.service!r}"
        for asked in (one.question.zh, one.question.en):
            if asked in seen:
                yield f"{where}: question: {seen[asked]}.toml asks the same"
            seen[asked] = one.code
