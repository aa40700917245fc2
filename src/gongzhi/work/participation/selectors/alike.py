"""Answers that are nearly the same as others of the same unit: said to the writer, and counted.

Only answers of one unit are compared, about different matters, without their figures. Who wrote
them isn't asked: it is about whether residents got an answer of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter, Message
from gongzhi.work.participation.phrases import FIGURES

AGO = timedelta(days=180)
MOST = 500
"""Of a unit's answers the latest so many are compared."""
ALIKE = 0.8
"""Of all runs of three characters in two answers, how many are in both (Jaccard)."""
LEAST = 20
"""Characters: shorter ones are alike because little was to be said."""
MANY = 3
"""From so many others on it is told."""
_NOT_WORDS = re.compile(rf"[\W\d_{FIGURES}]+")


@dataclass(frozen=True)
class Alike:
    """How many other matters got nearly the same answer, and how many kinds of matters."""

    many: int
    kinds: int

    @property
    def is_told(self) -> bool:
        """Whether they are enough to speak of."""
        return self.many >= MANY


def alike_answers(matter: Matter, words: str) -> Alike:
    """The earlier answers of the matter's unit to other matters that say nearly the same. One
    query."""
    own = shingles(words)
    if not own:
        return Alike(0, 0)
    found = {key: kind for key, kind, said in _earlier(matter) if _same(own, shingles(said))}
    return Alike(len(found), len(set(found.values())))


def shingles(words: str) -> frozenset[int]:
    """Its runs of three characters, as numbers, without figures and marks; none of a short one."""
    bare = _NOT_WORDS.sub("", words)
    if len(bare) < LEAST:
        return frozenset()
    return frozenset(crc32(bare[at : at + 3].encode()) for at in range(len(bare) - 2))


def _same(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(other) and len(one & other) >= ALIKE * len(one | other)


def _earlier(matter: Matter) -> Iterator[tuple[int, str, str]]:
    replies = Message.objects.filter(
        kind=Message.Kind.REPLY, author__unit=matter.owner_unit_id, at__gte=now() - AGO
    )
    others = replies.exclude(matter=matter).exclude(words="").order_by("-at")
    yield from others.values_list("matter", "matter__category", "words")[:MOST]
