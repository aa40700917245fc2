"""How names sound: so that a place is found though it is typed with other characters of the same
sound, in Pinyin, or by the first letters of its Pinyin.

Tones don't count, and what the south does not tell apart (zh and z, ing and in) is one sound.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from gongzhi.base.places.search.words import is_han, runs_of

_ALIKE = {"zh": "z", "ch": "c", "sh": "s"}
MARK = "0"
"""Before the sounds of two neighbouring characters, so that no word of another language is one."""
LONGEST_RUN = 40
"""Characters of one name whose sounds are kept."""


@lru_cache(maxsize=32_768)
def syllables(run: str) -> tuple[str, ...]:
    """The Pinyin of each character, without tones; a character that has none stands for itself."""
    from pypinyin import lazy_pinyin  # its dictionary is read by the first search, not on start

    said = lazy_pinyin(run[:LONGEST_RUN], errors=list)  # type: ignore[arg-type]  # one for each
    return tuple(said)


def alike(syllable: str) -> str:
    """The syllable as the south says it."""
    for sharp, flat in _ALIKE.items():
        if syllable.startswith(sharp):
            syllable = flat + syllable.removeprefix(sharp)
    return (syllable[:-1] if syllable.endswith("ng") else syllable).replace("v", "u")


@lru_cache(maxsize=32_768)
def sounds_of(text: str) -> tuple[str, ...]:
    """The sounds of the text's Chinese characters, as they are compared."""
    return tuple(alike(one) for run in runs_of(text) if is_han(run) for one in syllables(run))


def pairs(sounds: tuple[str, ...]) -> list[str]:
    """The tokens of every two neighbouring sounds."""
    return [MARK + a + b for a, b in pairwise(sounds)]


def sound_tokens(texts: Iterable[str]) -> set[str]:
    """The tokens under which these names are found by their sound: pairs of sounds, and from every
    character on the Pinyin and its first letters, whose beginnings somebody types."""
    found: set[str] = set()
    for text in texts:
        for run in filter(is_han, runs_of(text)):
            said = syllables(run)
            found.update(pairs(tuple(map(alike, said))))
            for start in range(len(said)):
                found.add("".join(said[start:]))
                if len(said) - start > 1:
                    found.add("".join(one[0] for one in said[start:]))
    return {token for token in found if token.isalnum()}


@lru_cache(maxsize=256)
def spelt(text: str) -> str:
    """A query in Latin letters alone as one word, as Pinyin is written; "" for any other."""
    runs = runs_of(text)
    joined = "".join(runs)
    return joined if joined.isascii() and joined.isalpha() and len(joined) > 1 else ""


def likeness_by_sound(query: str, name: str) -> float:
    """From 0 to 1.55, beside what the characters say: the same sound is nearly the same name."""
    asked, has = sounds_of(query), sounds_of(name)
    if len(asked) < 2 or len(has) < 2:
        return 0.0
    if asked == has:
        return 1.55
    wanted, there = set(pairs(asked)), set(pairs(has))
    share = len(wanted & there) / len(wanted)
    if not share:
        return 0.0
    tight = min(len(asked), len(has)) / max(len(asked), len(has))
    begins = 0.15 if has[: len(asked)] == asked else 0.0
    same = len(set(asked) & set(has)) / max(len(asked), len(has))
    return 0.9 * (share + begins + 0.1 * tight + 0.35 * same)


def likeness_by_pinyin(typed: str, name: str) -> float:
    """How well letters spell the name: all of it, its beginning, or something in it."""
    said = [one for run in runs_of(name) if is_han(run) for one in syllables(run)]
    if len(said) < 2:
        return 0.0
    whole, first = "".join(said), "".join(one[0] for one in said)
    if typed in (whole, first):
        return 1.5
    starts = [len("".join(said[:n])) for n in range(len(said))]
    for told, points in ((whole, 1.15), (first, 1.05)):
        if told.startswith(typed):
            return points + 0.3 * len(typed) / len(told)
    if any(whole.startswith(typed, start) for start in starts):
        return 0.95 + 0.2 * len(typed) / len(whole)
    return 0.8 + 0.2 * len(typed) / len(first) if typed in first else 0.0
