"""Articles, ranked by how well they fit a question (Okapi BM25 over several fields: Robertson and
Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from gongzhi.work.consultation.search.terms import Meanings, terms_of

TITLE, ALSO, BODY = 2.0, 2.0, 0.5
"""How much a term counts by where it stands."""
SATURATION = 1.2
"""BM25's k1: how fast a term that stands in several places stops to count more."""
LENGTH = 0.4
"""BM25's b: how much long articles are held back."""
LEAST = 0.0
"""Part of the question's weight that an article must meet to be an answer at all."""


@dataclass(frozen=True)
class Text:
    """What is searched of one article, in both languages."""

    code: str
    titles: Sequence[str]
    also: Sequence[str]
    body: Sequence[str]


@dataclass(frozen=True)
class Found:
    """An article that fits; `fit` is the part of the question that it meets, 0 to 1."""

    code: str
    score: float
    fit: float


class Index:
    """All articles, ready to be asked. It is made in memory: a county has hundreds, not millions,
    and either database then finds the same."""

    def __init__(self, texts: Iterable[Text], synonyms: Iterable[Sequence[str]]) -> None:
        self._meanings = Meanings(synonyms)
        self._codes: list[str] = []
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        lengths: list[float] = []
        for text in texts:
            counted = self._count(text)
            number = len(self._codes)
            self._codes.append(text.code)
            lengths.append(sum(counted.values()))
            for term, often in counted.items():
                self._postings[term].append((number, often))
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self._held = [SATURATION * (1 - LENGTH + LENGTH * one / mean) for one in lengths]

    def _count(self, text: Text) -> dict[str, float]:
        counted: dict[str, float] = defaultdict(float)
        for many, weight in ((text.titles, TITLE), (text.also, ALSO), (text.body, BODY)):
            met: dict[str, float] = {}
            for part in many:
                met |= terms_of(part, self._meanings)
            for term in met:
                counted[term] += weight
        return counted

    def find(self, question: str, limit: int = 5) -> list[Found]:
        """The articles that fit best, best first; none where none fits well enough."""
        asked = {
            term: weight * self._rarity(term)
            for term, weight in terms_of(question, self._meanings).items()
        }
        scores: dict[int, float] = defaultdict(float)
        met: dict[int, float] = defaultdict(float)
        for term, weight in asked.items():
            for number, often in self._postings.get(term, ()):
                scores[number] += weight * often * (SATURATION + 1) / (often + self._held[number])
                met[number] += weight
        whole = sum(asked.values()) or 1.0
        best = sorted(scores, key=lambda number: (-scores[number], self._codes[number]))
        ranked = (Found(self._codes[n], scores[n], met[n] / whole) for n in best)
        return [one for one in ranked if one.fit >= LEAST][:limit]

    def _rarity(self, term: str) -> float:
        known = len(self._postings.get(term, ()))
        return log(1 + (len(self._codes) - known + 0.5) / (known + 0.5))
