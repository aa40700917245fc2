"""A question in everyday words finds the article that answers it.

``questions.csv`` was written together with the words by which articles are found: it shows that
nothing is lost. ``questions_blind.csv`` was written by somebody who had seen the titles alone, with
wrong characters and slips of the finger in it: that is the measure, and no word was added for it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gongzhi.base.catalogue.kinds.article import unfit_articles
from gongzhi.base.catalogue.load import Catalogue, read, shipped
from gongzhi.work.consultation.search import Index, Text
from gongzhi.work.consultation.selectors.finding import answer
from gongzhi.work.consultation.selectors.known import index_of
from gongzhi.work.consultation.states import Outcome

HERE = Path(__file__).parent
FIRST, THREE = 0.80, 0.95
"""Parts of the questions of which the right article is the first, or among the first three."""


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    return read(shipped())


@pytest.fixture(scope="module")
def index(whole: Catalogue) -> Index:
    return index_of(whole)


@pytest.mark.parametrize("name", ["questions", "questions_blind"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_right_article_comes_first(index: Index, name: str, language: str) -> None:
    with (HERE / f"{name}.csv").open() as file:
        asked = [row for row in csv.DictReader(file) if row["language"] == language]
    places = [[one.code for one in index.find(row["question"], 3)] for row in asked]
    first = [row["article"] == found[0] for row, found in zip(asked, places, strict=True)]
    three = [row["article"] in found for row, found in zip(asked, places, strict=True)]
    assert len(asked) >= 100
    assert sum(first) >= FIRST * len(asked)
    assert sum(three) >= THREE * len(asked)


@pytest.mark.parametrize("question", ["身分正掉了，再那里补", "I lost my idenity crad"])
def test_a_slip_of_the_finger_is_understood(whole: Catalogue, question: str) -> None:
    found = answer(question, whole)
    assert "id_card_lost" in [one.code for one in found.articles]


def test_both_languages_in_one_question(whole: Catalogue) -> None:
    assert answer("我的 passport 丢了", whole).best == "passport_lost"


@pytest.mark.parametrize("question", ["?", "的了吗", "x", "🙂", "怎么煮米饭", "Tell me a joke"])
def test_what_nobody_wrote_an_answer_to_has_none(whole: Catalogue, question: str) -> None:
    found = answer(question, whole)
    assert found.outcome == Outcome.NOTHING
    assert not found.articles


def test_an_article_of_one_word_is_found_by_it_alone() -> None:
    made = [Text("a", ["渔船进港"], [], []), Text("b", ["夜里停电"], [], [])]
    index = Index(made, [("停电", "blackout")])
    assert [one.code for one in index.find("渔船")] == ["a"]
    assert [one.code for one in index.find("a blackout!")] == ["b"]
    assert Index([], []).find("渔船") == []


def test_an_article_leads_to_services_and_clocks_that_there_are() -> None:
    whole = read(shipped())
    one = whole.articles["passport_first"]
    lost = one.model_copy(update={"service": "no_such", "clocks": ("never",)})
    again = one.model_copy(update={"code": "again"})
    wrong = [*unfit_articles({"a": lost, "b": again}, whole.clocks, whole.services)]
    assert [line.partition(": ")[2] for line in wrong] == [
        "clocks: there is no clock 'never'",
        "service: there is no service 'no_such'",
        "question: passport_first.toml asks the same",
        "question: passport_first.toml asks the same",
    ]
