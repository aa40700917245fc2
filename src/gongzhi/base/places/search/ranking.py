"""Which of the candidates is meant: how much of the query it has, how near, how well known."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from math import log10

from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.base.places.search.sounds import (
    likeness_by_pinyin,
    likeness_by_sound,
    spelt,
)
from gongzhi.base.places.search.words import is_han, key_of, pairs_of, runs_of

WEIGHTS = {
    "county": 1.0, "town": 0.9, "community": 0.75, "village": 0.75, "pier": 0.7, "road": 0.7,
    "government": 0.65, "police": 0.65, "hospital": 0.65, "school": 0.55, "address": 0.2,
}  # fmt: skip
ORDINARY = 0.45
"""Weight of every kind of place not named above."""
LEAST = 0.5
"""Scores below this share too little with the query to be what was meant."""
SURE = 1.55
"""What is written so is the name; how it sounds adds nothing."""
_SLIP = 0.35
"""What the same characters count for where pairs are broken by a slip."""
_KNOWN, _NEAR = 0.08, 0.06
"""What weight and nearness count for, beside the words (up to 1.75)."""


def weight_of(kind: str) -> float:
    """How likely somebody means a place of this kind, from 0 to 1."""
    return WEIGHTS.get(kind, ORDINARY)


def score(query: str, entry: GazetteerEntry, near: Point | None) -> float:
    """How well the entry answers the query; comparable between entries only."""
    words = max(
        *(_called(query, name) for name in (entry.name_zh, *entry.aliases.split("\n")) if name),
        _likeness(query, entry.name_en) if entry.name_en else 0,
        0.9 * _likeness(query, f"{entry.address_zh} {entry.name_zh}") if entry.address_zh else 0,
        0.9 * _likeness(query, f"{entry.name_en} {entry.address_en}") if entry.address_en else 0,
    )
    away = _NEAR * log10(1 + metres_between(near, entry.point) / 300) if near else 0.0
    return words + _KNOWN * weight_of(entry.kind) - away


def _called(query: str, name: str) -> float:
    """How much the query is this name, by its characters or by how it sounds."""
    written = _likeness(query, name)
    if written > SURE:
        return written
    typed = spelt(query)
    sound = likeness_by_pinyin(typed, name) if typed else likeness_by_sound(query, name)
    return max(written, sound)


def _likeness(query: str, name: str) -> float:
    """From 0 (nothing in common) to 1.75 (the very name)."""
    asked, has = key_of(query), key_of(name)
    if not asked or not has:
        return 0.0
    if asked == has:
        return 1.4 + _SLIP
    share = _share(query, name)
    tight = len(asked) / max(len(has), len(asked))
    begins = 0.15 if has.startswith(asked) else 0.0
    inside = 0.1 if asked in has else 0.0
    return share + begins + inside + 0.1 * tight + _SLIP * _same_characters(asked, has)


@lru_cache(maxsize=4096)
def _same_characters(asked: str, has: str) -> float:
    """How many characters they share, in whatever order, of the longer one: from 0 to 1.

    A character left out, or two the wrong way round, breaks every pair beside it; the characters
    are there all the same.
    """
    return sum((Counter(asked) & Counter(has)).values()) / max(len(asked), len(has))


def _share(query: str, name: str) -> float:
    """How much of the query the name has: pairs of characters in Chinese, words in English."""
    pieces, has = _pieces(query), _pieces(name)
    words = [word for word in runs_of(name) if not is_han(word)]
    held = sum(_held(piece, has, words) for piece in pieces)
    return held / len(pieces) if pieces else 0.0


def _held(piece: str, has: frozenset[str], words: list[str]) -> float:
    if piece in has:
        return 1.0
    if is_han(piece):
        # One of its two characters: a wrong one beside it is a slip of the input method.
        return 0.4 if any(char in other for char in piece for other in has) else 0.0
    return max((_same_word(piece, word) for word in words), default=0.0)


def _same_word(typed: str, word: str) -> float:
    """1 for a beginning of the word, less for one with slips, 0 for another word."""
    if word.startswith(typed):
        return 0.95
    if typed.isdigit() or word.isdigit():
        return 0.0
    alike = SequenceMatcher(None, typed, word).ratio()
    return 0.8 * alike if alike > 0.7 else 0.0


@lru_cache(maxsize=4096)
def _pieces(text: str) -> frozenset[str]:
    return frozenset(
        piece for run in runs_of(text) for piece in (pairs_of(run) if is_han(run) else [run])
    )
