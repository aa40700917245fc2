"""What happens in the demo county must read like life, and be the same for the same seed."""

from __future__ import annotations

import itertools
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.geography.names import words
from gongzhi.config.demo.history.courses import Handling, Response
from gongzhi.config.demo.history.markets import ABOUT, BEGUN, PATROLLED
from gongzhi.config.demo.history.stream import Happening, Life
from gongzhi.config.demo.organisation import ACCOUNTS, bodies, crews

ROOT = Path(__file__).resolve().parents[3]
UNTIL = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def categories() -> dict[str, Category]:
    """The categories that ship."""
    files = (ROOT / "catalogue" / "categories").glob("*.toml")
    return {path.stem: Category(**tomllib.loads(path.read_text("utf-8"))) for path in files}


@pytest.fixture(scope="session")
def life(drawn: County, categories: dict[str, Category]) -> list[Happening]:
    """Ninety days of it."""
    return Life(drawn, categories, 7).history(UNTIL, 90)


def test_categories_have_words_and_tendencies(categories: dict[str, Category]) -> None:
    for lists, kind in (("calls", "incident"), ("requests", "request")):
        expected = {
            code
            for code, category in categories.items()
            if kind in category.kinds and category.somewhere
        }
        assert set(words(lists)) == set(words("tendencies")[lists]) == expected
        for sentences in words(lists).values():
            assert len(sentences) >= 4
            assert any("|" not in sentence for sentence in sentences), sentences
    assert all(code == category.code for code, category in categories.items())


def test_every_department_of_a_category_exists(
    drawn: County, categories: dict[str, Category]
) -> None:
    known = {body.code for body in bodies(drawn)} | {"station"}
    assert {category.department for category in categories.values()} <= known


def test_crews_bring_the_skills_that_run_cards_ask_for(drawn: County) -> None:
    skills = {skill for crew in crews(drawn) for skill in crew.skills}
    cards = catalogue().run_cards.values()
    wants = [want for card in cards for version in card.versions for want in version.wants]
    assert {skill for want in wants for skill in want.skills} <= skills


def test_the_organisation_is_a_tree(drawn: County) -> None:
    seen: set[str] = {""}
    for body in bodies(drawn):
        assert body.parent in seen, body
        assert body.code not in seen, body
        seen.add(body.code)
    assert {account.body for account in ACCOUNTS} <= seen
    assert {crew.body for crew in crews(drawn)} <= seen
    assert {account.role for account in ACCOUNTS} == set(catalogue().roles)
    assert len({crew.call_sign.zh for crew in crews(drawn)}) == len(crews(drawn))


def test_there_is_as_much_as_a_county_has(life: list[Happening]) -> None:
    kinds = Counter(happening.kind for happening in life)
    assert 5_600 <= kinds["call"] <= 7_400
    assert 3_000 <= kinds["request"] <= 4_000
    matters = [happening for happening in life if happening.joins is None]
    assert 8_000 <= len(matters) <= 11_000
    still_open = [happening for happening in matters if ends(happening) > UNTIL]
    assert 40 <= len(still_open) <= 90
    urgent = [happening for happening in life if happening.priority == 1]
    assert len(urgent) < 0.15 * len(life)


def ends(happening: Happening) -> datetime:
    """When a matter is over."""
    course = happening.course
    if isinstance(course, Response):
        return course.cleared_at
    assert isinstance(course, Handling)
    return course.answered_at


def test_it_is_told_in_order_and_joins_point_back(life: list[Happening]) -> None:
    assert [happening.number for happening in life] == list(range(1, len(life) + 1))
    assert all(a.at <= b.at for a, b in itertools.pairwise(life))
    first = {happening.number: happening for happening in life}
    for happening in life:
        if happening.joins is not None:
            original = first[happening.joins]
            assert original.joins is None
            assert original.number < happening.number
            assert original.category == happening.category
            assert happening.spot.metres_to(original.spot.lon, original.spot.lat) < 400


def test_a_response_goes_step_by_step(life: list[Happening]) -> None:
    for happening in life:
        if isinstance(course := happening.course, Response):
            steps = [happening.at, course.assigned_at, course.en_route_at, course.on_scene_at]
            assert steps == sorted(steps)
            assert course.on_scene_at <= course.cleared_at
        elif course is not None:
            assert happening.at <= course.accepted_at <= course.answered_at
    urgent = [
        (h.course.on_scene_at - h.at) / timedelta(minutes=1)
        for h in life
        if isinstance(h.course, Response) and h.course.crews and h.priority == 1
    ]
    assert 3 < float(np.median(urgent)) < 12


def test_no_sentence_keeps_a_blank_to_fill(life: list[Happening]) -> None:
    for happening in life:
        assert "{" not in happening.words
        assert "|" not in happening.words
        assert 8 <= len(happening.words) <= 140


def test_answers_are_answers_to_questions(
    life: list[Happening], categories: dict[str, Category]
) -> None:
    for happening in life[:2000]:
        for code, given in happening.answers.items():
            question = categories[happening.category].question(code)
            assert question
            assert question.kind == "number" or question.answer(given)


def test_nobody_can_be_rung_up(life: list[Happening]) -> None:
    assert all(happening.phone.startswith("100") for happening in life)
    assert all(len(happening.phone) == 11 for happening in life)


def test_the_same_seed_lives_the_same_life(drawn: County, categories: dict[str, Category]) -> None:
    once, again = (Life(drawn, categories, 7).history(UNTIL, 3) for _ in range(2))
    assert once == again
    other = Life(drawn, categories, 8).history(UNTIL, 3)
    assert [happening.words for happening in once] != [happening.words for happening in other]


def test_one_more_suits_the_hour(drawn: County, categories: dict[str, Category]) -> None:
    life = Life(drawn, categories, 7)
    rng = np.random.default_rng(1)
    night = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)  # 23:30 on a Saturday
    late = Counter(life.another(rng, night, n).category for n in range(300))
    noon = Counter(life.another(rng, night - timedelta(hours=11), n).category for n in range(300))
    assert late["noise"] > noon["noise"]
    assert late["drunk_disorder"] > noon["drunk_disorder"]


def test_thefts_at_the_markets_of_one_town_fall_when_patrols_begin(life: list[Happening]) -> None:
    begun = UNTIL - timedelta(days=BEGUN)
    here = [one.at for one in life if one.category == ABOUT and one.spot.kind == "market"
            and one.spot.town == PATROLLED]  # fmt: skip
    before = sum(begun - timedelta(days=BEGUN) <= at < begun for at in here)
    after = sum(at >= begun for at in here)
    assert before > 2 * after > 0
