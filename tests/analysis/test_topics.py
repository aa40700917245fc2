"""What many say is found as one topic; what only sounds a little alike is not."""

from __future__ import annotations

import numpy as np

from gongzhi.analysis.topics import Telling, copies_among, topics_among


def county(seed: int = 1) -> list[Telling]:
    """Two hundred messages about anything; thirty about a mixing plant, ten about a lamp."""
    dice = np.random.default_rng(seed)
    told = [Telling(f"any{n}", tuple(dice.integers(1_000, 9_000, 25).tolist())) for n in range(200)]
    for name, many, first in (("plant", 30, 10), ("lamp", 10, 40)):
        for n in range(many):
            own = dice.choice(np.arange(first, first + 16), 12, replace=False)
            other = dice.integers(1_000, 9_000, 3)
            told.append(Telling(f"{name}{n}", (*own.tolist(), *other.tolist()), backing=n))
    return told


def test_the_largest_topic_comes_first_with_all_that_is_said_of_it() -> None:
    plant, lamp = topics_among(county(), least=5)
    assert {key[:5] for key in plant.keys} == {"plant"}
    assert {key[:4] for key in lamp.keys} == {"lamp"}
    assert (len(plant), len(lamp)) == (30, 10)
    assert plant.backing == sum(range(30))
    assert set(plant.terms) <= set(range(10, 26)), "what they share names it"


def test_messages_in_another_order_are_the_same_topics() -> None:
    told = county()
    as_given = [set(one.keys) for one in topics_among(told, least=5)]
    turned = [set(one.keys) for one in topics_among(told[::-1], least=5)]
    assert as_given == turned


def test_a_chain_of_messages_each_a_little_like_the_next_is_no_topic() -> None:
    chain = [Telling(str(n), tuple(range(n * 5, n * 5 + 12))) for n in range(60)]
    assert max((len(one) for one in topics_among(chain)), default=0) < 12


def test_ten_thousand_copies_are_one_group_and_the_rest_stays_findable() -> None:
    told = county()
    text = tuple(range(20_000, 20_030))
    flood = [Telling(f"copy{n}", (*text, 30_000 + n % 7)) for n in range(10_000)]
    (copies,) = copies_among([*told, *flood])
    assert len(copies) == 10_000
    once = [*told, Telling("flood", text)]
    assert len(topics_among(once, least=5)) == 2


def test_a_message_without_terms_belongs_to_nothing() -> None:
    told = [Telling("empty", ()), Telling("other", ())]
    assert topics_among(told, least=2) == []
    assert copies_among([]) == []
