"""Messages are suggested to where such messages went, as surely as that is right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from gongzhi.analysis.routing import Message, Part, calibration_error, judge, learn
from gongzhi.analysis.routing.odds import Odds

ROADS, WATER, SCHOOLS = range(1, 40), range(30, 70), range(60, 100)
OWN = {"roads": ROADS, "water": WATER, "schools": SCHOOLS}


def written(many: int, seed: int, noise: int = 25) -> tuple[list[Message], list[str]]:
    """Messages whose terms are partly their department's, partly anybody's."""
    dice = np.random.default_rng(seed)
    messages, labels = [], []
    for number in range(many):
        label = sorted(OWN)[number % 3]
        own = dice.choice(list(OWN[label]), 6)
        other = dice.integers(1, 500, noise)
        messages.append(Message(str(number), tuple(own[:2]), (*own[2:], *other.tolist())))
        labels.append(label)
    return messages, labels


def test_a_message_is_suggested_to_where_such_messages_went_with_the_terms_that_say_so() -> None:
    messages, labels = written(90, seed=1)
    router = learn(messages, labels, seed=1)
    first, second, third = router.suggest(Message("new", (5, 7), (9, 11, 5)))
    assert (first.label, {second.label, third.label}) == ("roads", {"water", "schools"})
    assert first.odds > 0.6 > second.odds >= third.odds
    assert first.odds + second.odds + third.odds == pytest.approx(1)
    assert {term for _part, term, _share in first.because} <= {5, 7, 9, 11}
    assert {part for part, _term, _share in first.because} == {Part.HEAD, Part.BODY}
    shares = [share for _part, _term, share in first.because]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 0


def test_the_reason_adds_up_to_what_was_counted() -> None:
    """With all its terms, the first suggestion's lead over the second is their shares' sum."""
    messages, labels = written(90, seed=2)
    router = learn(messages, labels, seed=1)
    # terms of the schools alone, none of which speaks against them
    message = Message("new", (75, 80), (85, 90))
    first = router.suggest(message, terms=100)[0]
    assert first.label == "schools"
    scores = np.sort(router.scores([message])[0])
    offsets = router.scores([Message("", ())])[0]
    rival = np.argsort(router.scores([message])[0])[-2]
    own = router.labels.index("schools")
    lead = scores[-1] - scores[-2] - (offsets[own] - offsets[rival])
    assert sum(share for *_, share in first.because) >= lead - 1e-9


def test_nothing_is_suggested_for_a_message_of_which_no_term_is_known() -> None:
    messages, labels = written(30, seed=3)
    router = learn(messages, labels)
    assert router.suggest(Message("new", (), ())) == []
    assert router.suggest(Message("new", (9_999,), (8_888,))) == []


def test_learning_the_same_again_suggests_the_same() -> None:
    messages, labels = written(60, seed=4)
    asked, _ = written(10, seed=5)
    one, other = learn(messages, labels, seed=7), learn(messages, labels, seed=7)
    np.testing.assert_array_equal(one.odds(asked), other.odds(asked))


@pytest.mark.parametrize("labels", [[], ["roads"], ["roads", "roads"]])
def test_learning_needs_two_labels_and_one_for_each_message(labels: list[str]) -> None:
    with pytest.raises(ValueError, match="label"):
        learn([Message("1", (1,)), Message("2", (2,))][: max(1, len(labels))], labels)


def test_a_label_with_a_single_message_is_learned_too() -> None:
    messages, labels = written(60, seed=6)
    router = learn([*messages, Message("odd", (700, 701), (702,))], [*labels, "harbour"])
    assert router.suggest(Message("new", (700,), (701, 702)))[0].label == "harbour"
    judged = judge([*messages, Message("odd", (700,))], [*labels, "harbour"])
    assert len(judged.said) == 60  # of one message nothing can be kept back


def test_what_is_judged_was_not_learned_from_and_counts_as_scikit_learn_does() -> None:
    messages, labels = written(150, seed=8)
    judged = judge(messages, labels, seed=1)
    expected = f1_score(judged.said, judged.suggested, average="macro")
    assert judged.macro_f1 == pytest.approx(expected)
    assert judged.right <= judged.in_two <= 1
    assert judged.macro_f1 > 0.7
    shuffled = list(np.random.default_rng(1).permutation(labels))
    assert judge(messages, shuffled, seed=1).macro_f1 < 0.5, "nothing can be learned of chance"


def test_odds_are_as_often_right_as_they_say() -> None:
    messages, labels = written(600, seed=9, noise=60)
    judged = judge(messages, labels, seed=1)
    assert judged.right < 0.97, "with no mistake there would be nothing to see"
    assert judged.calibration_error < judged.calibration_error_by_chance + 0.03


def test_the_calibration_error_of_made_up_odds() -> None:
    odds = np.array([0.75, 0.75, 0.75, 0.75])
    assert calibration_error(odds, np.array([True, True, True, False])) == pytest.approx(0)
    assert calibration_error(odds, np.array([False] * 4)) == pytest.approx(0.75)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.floats(-50, 50), min_size=4, max_size=4), min_size=1, max_size=5),
    st.floats(0.05, 50), st.floats(0.05, 5), st.floats(-5, 5),
)  # fmt: skip
def test_odds_are_probabilities_and_the_best_score_stays_the_likeliest(
    rows: list[list[float]], sharpness: float, slope: float, level: float
) -> None:
    scores = np.array(rows)
    odds = Odds(sharpness, slope, level).of(scores)
    assert (odds >= 0).all()
    np.testing.assert_allclose(odds.sum(axis=1), 1)
    best = odds[np.arange(len(scores)), scores.argmax(axis=1)]
    assert (best >= odds.max(axis=1) - 1e-9).all()
