"""What a question or an article is compared by: terms, each with its part of the weight.

Chinese: words and pairs of characters as they stand, and pairs of syllables as they sound, so that
a wrong character that sounds right is found. English: words without their endings, and the groups
of three letters of longer ones, so that a slip of the finger is found. In both: the groups of
synonyms that occur, by number, which makes either language find the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gongzhi.base.places.search.words import is_han, pairs_of, runs_of

WHOLE, MEANT, SINGLE, SOUND, PART = 1.0, 1.5, 0.4, 0.3, 0.1
"""Weights: a word as typed, a synonym's group, one character, a sound, a part of a word."""
LONGEST = 200
"""Characters of a question that are read."""
_SILENT = frozenset(
    """
    a an the i my me we us our you your he his she her it its they them their is are was
    were be been am do does did have has had can could may might will would shall should
    must to of in on at for from by with and or not no if so as that this these those there
    here what which who how when where why get got need want just any some one much many
    long new old now still about into out up off over than then s t d ll re ve m like go
    going take make
    """.split()  # noqa: SIM905  (a list to be read, not a hundred quotes)
)
_QUIET = frozenset(
    "的了吗呢吧啊呀嘛么我你您他她它们是在有就都也还要和与及或把被给对这那个上下里怎么样办什哪儿可以能会不没"
)
"""Characters of which words alone mean nothing in a question."""
_ENDINGS = re.compile(r"(?<=\w{3})(?:ies|ied|ing|ed|es|s|e|y)$")


def stem(word: str) -> str:
    """An English word without its ending: rented, renting, rents → rent. It only has to be the
    same for forms of one word."""
    short = _ENDINGS.sub("", word)
    return short[:-1] if len(short) > 3 and short[-1] == short[-2] else short


class Meanings:
    """Groups of synonyms, found in a text."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._han: list[tuple[str, int]] = []
        self._latin: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for number, group in enumerate(groups):
            for word in group:
                self._learn(word, number)

    def _learn(self, word: str, number: int) -> None:
        runs = runs_of(word)
        if any(is_han(run) for run in runs):
            self._han.append(("".join(runs), number))
        else:
            stems = tuple(stem(run) for run in runs)
            self._latin.setdefault(stems[0], []).append((stems, number))

    def found_in(self, text: str) -> set[int]:
        """The numbers of the groups of which a word occurs."""
        runs = runs_of(text)
        han = "".join(run if is_han(run) else " " for run in runs)
        found = {number for word, number in self._han if word in han}
        stems = [stem(run) for run in runs]
        for at, first in enumerate(stems):
            for phrase, number in self._latin.get(first, ()):
                if tuple(stems[at : at + len(phrase)]) == phrase:
                    found.add(number)
        return found


def terms_of(text: str, meanings: Meanings) -> dict[str, float]:
    """Term → weight. What occurs twice counts once: neither questions nor articles are long."""
    found: dict[str, float] = {f"={n}": MEANT for n in meanings.found_in(text[:LONGEST])}
    for run in runs_of(text[:LONGEST]):
        for term, weight in _han(run) if is_han(run) else _latin(run):
            found[term] = max(weight, found.get(term, 0.0))
    return found


def _han(run: str) -> Iterator[tuple[str, float]]:
    import rjieba  # a third of a second of every start, for which no other command should wait

    for word in {*pairs_of(run), *rjieba.cut(run)}:
        if not set(word) <= _QUIET:
            yield word, WHOLE if len(word) > 1 else SINGLE
    for character in set(run) - _QUIET:
        yield character, SINGLE
    for pair in pairwise(_sounds(run)):
        yield "~" + "".join(pair), SOUND


def _sounds(run: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(run)


def _latin(run: str) -> Iterator[tuple[str, float]]:
    if run in _SILENT:
        return
    yield stem(run), WHOLE
    if len(run) > 4:
        for at in range(len(run) - 2):
            yield "~" + run[at : at + 3], PART
