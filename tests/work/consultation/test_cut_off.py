"""When nothing fits, it is said that nothing fits.

``off_topic_*.csv`` are questions about other things that people ask a county: taxes, buses, the
weather. With ``tuning`` the bars of `finding` were chosen, together with ``questions_blind.csv``;
``blind`` was looked at once, afterwards.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gongzhi.base.catalogue.load import Catalogue, read, shipped
from gongzhi.work.consultation.selectors.finding import answer
from gongzhi.work.consultation.states import Outcome

HERE = Path(__file__).parent
ANSWERED, ANYTHING = 0.16, 0.36
"""Parts of questions about other things that get an answer, or an article at all: no more."""
KEPT, FIRST, THREE = 0.93, 0.80, 0.95
"""Parts of questions with an article: those it answers rightly that aren't doubted; those that
see it first, or among the first three, once all that lies below the bars is left out."""


def asked(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    return read(shipped())


@pytest.mark.parametrize("name", ["off_topic_tuning", "off_topic_blind"])
def test_what_is_about_something_else_has_no_answer(whole: Catalogue, name: str) -> None:
    ends = [answer(row["question"], whole).outcome for row in asked(name)]
    assert len(ends) >= 70
    assert ends.count(Outcome.ANSWERED) <= ANSWERED * len(ends)
    assert len(ends) - ends.count(Outcome.NOTHING) <= ANYTHING * len(ends)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_an_article_answers_still_has_it(whole: Catalogue, language: str) -> None:
    rows = [row for row in asked("questions_blind") if row["language"] == language]
    found = [answer(row["question"], whole) for row in rows]
    shown = [[one.code for one in each.articles] for each in found]
    first = [row["article"] == each.best for row, each in zip(rows, found, strict=True)]
    three = [row["article"] in codes[:3] for row, codes in zip(rows, shown, strict=True)]
    assert sum(first) >= FIRST * len(rows)
    assert sum(three) >= THREE * len(rows)
    sure = [
        each.outcome == Outcome.ANSWERED
        for each, is_right in zip(found, first, strict=True)
        if is_right
    ]
    assert sum(sure) >= KEPT * len(sure)
