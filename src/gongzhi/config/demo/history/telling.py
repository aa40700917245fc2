"""What people say: reports in natural words, answers to the questions a category asks."""

from __future__ import annotations

from functools import cache

import numpy as np

from gongzhi.base.catalogue.kinds.category import Category, Question
from gongzhi.config.demo.geography.names import words
from gongzhi.config.demo.history.spots import Spot

AGO = ("刚才", "十分钟前", "半小时前", "一个小时前", "今天早上", "昨天晚上")
OPENINGS = ("", "", "", "", "你好，", "您好，反映一下：", "想反映一个问题，")
CLOSINGS = ("", "", "", "", "麻烦尽快处理。", "谢谢！", "希望有人来看看。", "请给个答复。")
SURNAMES = "海岛潮浪帆舟渔汐澜屿"
"""Not one of the common surnames, so that nobody real is meant."""
NUMBERS = {
    "injured_count": (1, 3), "people": (2, 12), "count": (1, 6), "homes": (3, 60), "age": (3, 12),
    "minutes": (5, 50), "hours": (1, 9), "ill": (1, 4), "amount": (100, 60_000),
}  # fmt: skip


def tell(rng: np.random.Generator, kind: str, category: str, spot: Spot) -> str:
    """The words of one call (as the call-taker notes them) or of one request."""
    sentence = _any(rng, _fitting("calls" if kind == "call" else "requests", category, spot.kind))
    filled = sentence.format(
        place=spot.zh,
        n=int(rng.integers(2, 7)),
        ago=_any(rng, AGO),
        price=_price(rng),
    )
    if kind == "call":
        return filled
    return _any(rng, OPENINGS) + filled + _any(rng, CLOSINGS)


@cache
def _fitting(lists: str, category: str, place: str) -> tuple[str, ...]:
    """The sentences that go with a kind of place; those for just such places count twice."""
    fitting: list[str] = []
    for sentence in words(lists)[category]:
        kinds, _, text = sentence.rpartition("|")
        if not kinds:
            fitting.append(text)
        elif place in kinds.removeprefix("@").split(","):
            fitting += [text, text]
    return tuple(fitting)


def answer(rng: np.random.Generator, category: Category) -> dict[str, str]:
    """Answers to the category's questions, urgent ones rarely; now and then one is left out."""
    return {
        question.code: _one_answer(rng, question)
        for question in category.questions
        if rng.random() < 0.85
    }


def _one_answer(rng: np.random.Generator, question: Question) -> str:
    if question.kind == "number":
        low, high = NUMBERS.get(question.code, (1, 5))
        return str(int(rng.integers(low, high + 1)))
    urgent = [answer.priority in {1, 2} for answer in question.answers]
    weight = np.where(urgent, 0.03, 1.0)
    chosen = int(rng.choice(len(weight), p=weight / weight.sum()))
    return question.answers[chosen].code


def reporter(rng: np.random.Generator) -> tuple[str, str]:
    """A made-up caller and a number that no network gives out (they start 13 to 19)."""
    title = "先生" if rng.random() < 0.5 else "女士"
    return _any(rng, tuple(SURNAMES)) + title, f"100{int(rng.integers(10**8)):08d}"


def outcome(rng: np.random.Generator, what: str, group: str) -> str:
    """A sentence of ``words/outcomes.toml``."""
    return _any(rng, tuple(words("outcomes")[what][group]))


def _price(rng: np.random.Generator) -> str:
    return str(int(10 ** rng.uniform(2.0, 4.6)) // 10 * 10)


def _any(rng: np.random.Generator, choices: tuple[str, ...]) -> str:
    return choices[int(rng.integers(len(choices)))]
