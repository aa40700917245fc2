"""What belongs together is found among what doesn't, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gongzhi.analysis.linkage import (
    INCIDENTS,
    PARTS,
    REQUESTS,
    Corpus,
    Fact,
    Weights,
    candidates,
    series_among,
)
from gongzhi.analysis.linkage.weights import rising
from tests.analysis.planted import DAY, STEPS, planted

MANY = 800
FACTS = planted(MANY, days=60, series=3)


def test_each_planted_series_is_found_whole_and_nothing_else() -> None:
    found = {one.keys for one in series_among(FACTS, smallest=3)}
    first = range(MANY, MANY + 3 * STEPS, STEPS)
    assert found == {tuple(range(one, one + STEPS)) for one in first}


def test_where_there_is_no_series_hardly_any_is_proposed() -> None:
    assert len(series_among(planted(MANY, days=60, series=0, seed=4), smallest=3)) <= 1


def test_the_order_of_the_facts_does_not_matter() -> None:
    assert series_among(FACTS[::-1], smallest=3) == series_among(FACTS, smallest=3)


def test_the_reasons_add_up_to_the_weight() -> None:
    for one in series_among(FACTS, smallest=3):
        assert tuple(one.parts) == PARTS
        assert sum(one.parts.values()) == pytest.approx(one.bits, abs=0.05)
        assert one.above > 0


def _weight_of(one: Fact, other: Fact, part: str) -> float:
    corpus = Corpus([*FACTS, replace(one, key=90_000), replace(other, key=90_001)])
    parts = Weights(corpus, INCIDENTS).parts(np.array([[len(FACTS), len(FACTS) + 1]]))
    return float(parts[0, PARTS.index(part)])


HERE = replace(FACTS[0], lat=28.9, lon=123.95, clock=2.0, kind="k7", group="g1")


def test_nearer_in_place_and_time_says_more() -> None:
    far, late = replace(HERE, lat=29.05), replace(HERE, at=HERE.at + 50 * DAY)
    assert _weight_of(HERE, HERE, "distance") > 3 > 0 > _weight_of(HERE, far, "distance")
    assert _weight_of(HERE, HERE, "time") > 1 > 0 > _weight_of(HERE, late, "time")


def test_just_before_and_just_after_midnight_is_the_same_hour() -> None:
    before, after, noon = (replace(HERE, clock=hour) for hour in (23.8, 0.3, 12.0))
    assert _weight_of(before, after, "hour") > 0 > _weight_of(before, noon, "hour")


def test_a_rare_kind_in_common_says_more_than_a_frequent_one() -> None:
    rare = replace(HERE, kind="once", group="once")
    frequent = replace(HERE, kind="k0", group="g0")
    assert _weight_of(rare, rare, "kind") > _weight_of(frequent, frequent, "kind") > 0
    assert _weight_of(rare, frequent, "kind") < 0


def test_a_rare_answer_in_common_says_more_and_a_different_one_speaks_against() -> None:
    same = replace(HERE, answers=frozenset({"entry=1"}))
    other = replace(HERE, answers=frozenset({"entry=2"}))
    assert _weight_of(same, same, "answers") > 0 > _weight_of(same, other, "answers")


def test_the_same_words_say_much_and_where_nothing_was_told_they_say_nothing() -> None:
    silent = replace(HERE, terms=())
    assert _weight_of(HERE, HERE, "terms") > 4
    assert _weight_of(silent, HERE, "terms") == 0


def test_at_an_hour_when_little_happens_the_same_hour_says_more() -> None:
    night, noon = replace(HERE, clock=3.0), replace(HERE, clock=12.0)
    crowd = [replace(one, clock=11 + (one.key % 30) / 10) for one in FACTS]
    corpus = Corpus([*crowd, night, night, noon, noon])
    many = len(crowd)
    pairs = np.array([[many, many + 1], [many + 2, many + 3]])
    by_night, by_noon = Weights(corpus).parts(pairs)[:, PARTS.index("hour")]
    assert by_night > by_noon + 2


def test_in_a_busy_square_nearness_says_less_than_on_a_lonely_shore() -> None:
    square = [replace(one, lat=28.9, lon=123.95) for one in FACTS[:400]]
    shore = replace(HERE, lat=29.2, lon=124.3)
    corpus = Corpus([*square, *FACTS[400:], shore, shore])
    pairs = np.array([[0, 1], [len(corpus) - 2, len(corpus) - 1]])
    busy, lonely = Weights(corpus).parts(pairs)[:, PARTS.index("distance")]
    assert lonely > busy + 1


def test_words_that_many_copy_say_less_than_those_that_two_share() -> None:
    same = tuple(range(700_000, 700_030))
    frequent = [n for n, one in enumerate(FACTS) if one.kind == "k0"]
    weights = []
    for chosen in (frequent, frequent[:2]):
        facts = [replace(one, terms=same) if n in chosen else one for n, one in enumerate(FACTS)]
        parts = Weights(Corpus(facts)).parts(np.array([frequent[:2]]))
        weights.append(parts[0, PARTS.index("terms")])
    copied, shared = weights
    assert copied < shared - 2


def test_more_alike_never_says_less() -> None:
    weights = rising(np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.7, 0.05, 0.01, 0.24]))
    assert list(weights) == sorted(weights)
    assert weights[2] == weights[3] == pytest.approx(np.log2(0.6 / 0.3))


def test_messages_without_a_place_are_linked_by_rare_words_alone() -> None:
    told = [replace(one, lat=None, lon=None) for one in FACTS[:300]]
    same = tuple(range(500_000, 500_040))
    twice = [replace(told[0], key=key, terms=same, at=key * DAY) for key in (1_001, 1_002)]
    found = series_among([*told, *twice], REQUESTS)
    assert (1_001, 1_002) in [one.keys for one in found]


@pytest.mark.parametrize("many", [0, 1, 2])
def test_of_few_facts_there_is_no_series(many: int) -> None:
    assert series_among(FACTS[:many], smallest=2) == []


def test_all_at_one_point_and_moment_neither_fails_nor_takes_for_ever() -> None:
    alike = [replace(HERE, key=key, terms=()) for key in range(600)]
    assert all(len(one.keys) <= 600 for one in series_among(alike))


def test_not_all_pairs_are_looked_at() -> None:
    pairs = candidates(Corpus(FACTS), metres=1_500, days=21, span=60)
    assert 0 < len(pairs) < len(FACTS) ** 2 / 10
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert len(np.unique(pairs, axis=0)) == len(pairs)
