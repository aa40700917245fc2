"""How much was asked, and how much stayed without an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from gongzhi.base.catalogue.kinds.article import Article
from gongzhi.work.consultation.models import Asked, Judged
from gongzhi.work.consultation.selectors.known import known
from gongzhi.work.consultation.states import Outcome

DAYS = 30
MOST_NEAR = 8


@dataclass(frozen=True)
class OfArticle:
    """One article's month: how often it was the best one, and whether it helped."""

    code: str
    question: str
    found: int
    unsure: int
    helped: int
    failed: int


@dataclass(frozen=True)
class Month:
    """Thirty days: questions by how they ended, and the articles, those that failed most first."""

    answered: int
    maybe: int
    nothing: int
    articles: Sequence[OfArticle]
    near: Sequence[tuple[str, int]] = ()
    """Questions without an answer by the article least far off, the most frequent first."""

    @property
    def asked(self) -> int:
        """All of them."""
        return self.answered + self.maybe + self.nothing

    @property
    def unanswered(self) -> float:
        """The part without an answer, 0 to 1; 0 without any question."""
        return self.nothing / self.asked if self.asked else 0.0


def month(until: date) -> Month:
    """The thirty days up to this one."""
    since = until - timedelta(days=DAYS - 1)
    asked = Asked.objects.filter(day__range=(since, until))
    said = Judged.objects.filter(day__range=(since, until))
    ended = _sums(asked, "outcome")
    best = _sums(asked.filter(outcome=Outcome.ANSWERED), "article")
    unsure = _sums(asked.filter(outcome=Outcome.MAYBE), "article")
    told = {
        row["article"]: (row["yes"], row["no"])
        for row in said.values("article").annotate(yes=Sum("helped"), no=Sum("failed"))
    }
    articles = known().articles
    rows = [
        OfArticle(
            code, str(articles[code].question), best.get(code, 0), unsure.get(code, 0), *judged
        )
        for code in {*best, *unsure, *told} & set(articles)
        for judged in [told.get(code, (0, 0))]
    ]
    rows.sort(key=lambda one: (-one.failed, -one.unsure, -one.found, one.code))
    return Month(
        ended.get(Outcome.ANSWERED, 0), ended.get(Outcome.MAYBE, 0),
        ended.get(Outcome.NOTHING, 0), rows, _near(asked, articles),
    )  # fmt: skip


def _near(asked: QuerySet[Asked], articles: Mapping[str, Article]) -> list[tuple[str, int]]:
    missed = _sums(asked.filter(outcome=Outcome.NOTHING).exclude(article=""), "article")
    best = sorted(missed.items(), key=lambda each: (-each[1], each[0]))
    return [(str(articles[code].question), n) for code, n in best if code in articles][:MOST_NEAR]


def _sums(rows: QuerySet[Asked], by: str) -> dict[str, int]:
    return dict(rows.values_list(by).annotate(n=Sum("times")).values_list(by, "n"))
