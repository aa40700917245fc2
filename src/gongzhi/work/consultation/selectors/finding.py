"""Which articles answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.base.catalogue.kinds.article import Article
from gongzhi.base.catalogue.load import Catalogue
from gongzhi.base.places.search.words import is_han, runs_of
from gongzhi.work.consultation.selectors.known import known, shipped
from gongzhi.work.consultation.states import Outcome

MOST = 5


@dataclass(frozen=True)
class Bars:
    """Scores from which the best article is an answer, or may be one."""

    sure: float
    maybe: float

    @property
    def near(self) -> float:
        """Half of what may be an answer: what stands behind one, and what is noted without any."""
        return self.maybe / 2


CHINESE, ENGLISH = Bars(20.0, 12.0), Bars(11.0, 7.0)
"""Chinese questions have more terms, and so higher scores. `sure` was chosen with half of the 240
questions that somebody wrote who knew the titles alone, and half of 158 about other things (taxes,
buses, weather): 19 in 20 of those answered rightly lie above it. `maybe` is as high as it can be
with the right article still among the first three for 95 in 100 of the 240 in either language. Of
the other half about other things, which nobody had looked at, 15 in 100 get an answer, 34 anything
at all; with one bar for both languages it had been 26 and 58."""


def bars_for(question: str) -> Bars:
    """Which bars a question is held against; one in both languages against the lower ones."""
    runs = runs_of(question)
    chinese = any(is_han(run) for run in runs)
    return (
        CHINESE if chinese and not any(run.isalpha() and run.isascii() for run in runs) else ENGLISH
    )


@dataclass(frozen=True)
class Answer:
    """How well it is answered, and by which articles, the best first."""

    outcome: Outcome
    articles: Sequence[Article]
    near: str = ""
    """Without an answer: the code of the article that is least far off; empty where none is."""

    @property
    def best(self) -> str:
        """The code of the best one; empty without any."""
        return self.articles[0].code if self.articles else ""


def answer(question: str, whole: Catalogue | None = None) -> Answer:
    """The articles that fit this question, in Chinese, English or both."""
    all_ = shipped(whole) if whole else known()
    every = all_.index.find(question, MOST)
    bars = bars_for(question)
    found = [one for one in every if one.score >= bars.near]
    if not found or found[0].score < bars.maybe:
        return Answer(Outcome.NOTHING, (), found[0].code if found else "")
    outcome = Outcome.ANSWERED if found[0].score >= bars.sure else Outcome.MAYBE
    return Answer(outcome, [all_.articles[one.code] for one in found])
