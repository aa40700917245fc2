"""Names that read as if somebody who lives there had given them, in characters and in Latin."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from gongzhi.config.demo.geography.plan import Name


@cache
def words(name: str) -> dict[str, Any]:
    """One of the demo county's word lists (``demo/words``)."""
    return tomllib.loads(
        files("gongzhi.config.demo").joinpath("words", f"{name}.toml").read_text("utf-8")
    )


@cache
def _readings() -> dict[str, str]:
    return {sign: sound for sound, signs in words("pinyin").items() for sign in signs}


def latin(zh: str) -> str:
    """The reading of a name as one word: 里岙 is Li'ao.

    Raises KeyError for a character that ``words/pinyin.toml`` doesn't know.
    """
    sounds = [_readings()[sign] for sign in zh]
    joined = sounds[0]
    for sound in sounds[1:]:
        joined += f"'{sound}" if sound[0] in "aeo" else sound
    return joined.capitalize()


class Namer:
    """Hands out names in a seeded order, none of them twice in one place."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng([seed, 4])
        self._given: dict[str, set[str]] = {}

    def _fresh(self, where: str, choices: list[str]) -> str:
        given = self._given.setdefault(where, set())
        left = [choice for choice in choices if choice not in given]
        if not left:
            left = [side + choice for side in "新东西" for choice in choices]
            left = [choice for choice in left if choice not in given]
        chosen = left[int(self._rng.integers(len(left)))]
        given.add(chosen)
        return chosen

    def village(self) -> Name:
        """里岙村 / Li'ao Village; unlike every other in the county."""
        lists = words("names")["village"]
        if self._rng.random() < 0.2:
            stem = self._fresh("village", [*lists["plain"], *lists["stems"]])
            return self._ranked(stem, "村", "Village")
        stem = self._fresh("village", lists["stems"])
        ending = str(self._rng.choice(lists["endings"]))
        return self._ranked(stem + ending, "村", "Village")

    def community(self) -> Name:
        """听涛社区 / Tingtao Community; unlike every other in the county."""
        return self._ranked(
            self._fresh("community", words("names")["community"]["stems"]), "社区", "Community"
        )

    def street(self, town: str, kind: str) -> Name:
        """A street of a town; ``kind`` is 路, 街 or 弄."""
        stem = self._fresh(f"street {town}", words("names")["street"]["stems"]).removesuffix("街")
        english = {"大道": "Avenue", "路": "Road", "街": "Street", "弄": "Lane"}[kind]
        return self._ranked(stem, kind, english)

    def islet(self, large: bool) -> Name:
        """An islet (屿) or a rock (礁)."""
        stem = self._fresh("islet", words("names")["islet"]["stems"])
        return self._ranked(stem, *(("屿", "Islet") if large else ("礁", "Rock")))

    def peak(self) -> Name:
        """A hill top."""
        return self._ranked(self._fresh("peak", words("names")["peak"]["stems"]), "山", "Hill")

    def beach(self) -> Name:
        """A beach."""
        return self._ranked(self._fresh("bay", words("names")["bay"]["stems"]), "沙滩", "Beach")

    @staticmethod
    def _ranked(stem: str, rank: str, english: str) -> Name:
        return Name(stem + rank, f"{latin(stem)} {english}")
