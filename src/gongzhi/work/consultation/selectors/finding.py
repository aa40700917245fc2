"""Which articles answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.base.catalogue.kinds.article import Article
from gongzhi.base.catalogue.load import Catalogue, catalogue
from gongzhi.work.consultation.search import Index, Text
from gongzhi.work.consultation.states import Outcome

MOST = 5
SURE, MAYBE = 12.0, 6.0
"""Scores from which an article is an answer, or may be one. Of 240 questions that somebody wrote
who knew the titles alone, 95 in 100 of those answered rightly lie above the first; of forty about
other things (buses, rice, taxes), a quarter do, and half lie below the second."""


@dataclass(frozen=True)
class Answer:
    """How well it is answered, and by which articles, the best first."""

    outcome: Outcome
    articles: Sequence[Article]

    @property
    def best(self) -> str:
        """The code of the best one; empty without any."""
        return self.articles[0].code if self.articles else ""


def answer(question: str, whole: Catalogue | None = None) -> Answer:
    """The articles that fit this question, in Chinese, English or both."""
    known = whole or catalogue()
    found = [one for one in _index(known).find(question, MOST) if one.score >= MAYBE]
    if not found:
        return Answer(Outcome.NOTHING, ())
    outcome = Outcome.ANSWERED if found[0].score >= SURE else Outcome.MAYBE
    return Answer(outcome, [known.articles[one.code] for one in found])


def index_of(whole: Catalogue) -> Index:
    """The index of all articles of this catalogue."""
    synonyms = [group for one in whole.synonyms.values() for group in one.groups]
    return Index(map(_text, whole.articles.values()), synonyms)


def _text(one: Article) -> Text:
    body = [said for part in one.answer for said in (part.zh, part.en)]
    asked = one.question.zh, one.question.en
    return Text(one.code, asked, [*one.also.zh, *one.also.en], body)


_kept: list[tuple[Catalogue, Index]] = []


def _index(whole: Catalogue) -> Index:
    """Made once a process and catalogue: a hundred articles take a tenth of a second."""
    if not _kept or _kept[0][0] is not whole:
        _kept[:] = [(whole, index_of(whole))]
    return _kept[0][1]
