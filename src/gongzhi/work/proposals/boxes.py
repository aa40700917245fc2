"""Putting into boxes, and taking out: what lies in one is sorted, and sealed while a vote runs.

A box is written anew as a whole whenever something comes, under a fresh nonce: what a database
keeps of the one before (a dead tuple, a page not yet used again, a backup) is opaque, too, and
stays so once the vote's key is destroyed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from gongzhi.base.crypto.county import suite
from gongzhi.work.proposals.ballots import Ballot
from gongzhi.work.proposals.models import Box, Vote

FULL = 250
"""So many lie in one box at most, and half as many at the least once there is a second one: what
the time of a box's last writing tells is told of all of them."""
_NONCE, _SHORT = 12, 12
Rows = dict[str, list[str]]
"""What is random and sorted by (64 hexadecimal digits) → what belongs to it."""


@dataclass(frozen=True)
class Boxes:
    """The boxes of one kind of one running vote. Each has what sorts from its ``low`` on."""

    vote: Vote
    kind: str
    lock: bytes

    def find(self, key: str) -> list[str] | None:
        """What lies under this key; None for nothing. Opens one box."""
        box = self._box_for(key)
        return self._open(box).get(key) if box else None

    def put(self, key: str, told: list[str]) -> None:
        """Put one more in. The caller holds the vote's row and has looked that it isn't there."""
        box = self._box_for(key)
        inside = self._open(box) if box else {}
        inside[key] = told
        box = box or Box(vote=self.vote, kind=self.kind, low="")
        if len(inside) > FULL:
            inside = self._split(inside)
        self._keep(box, inside)

    def all(self) -> Rows:
        """Everything of this kind."""
        found: Rows = {}
        for box in self._boxes():
            found |= self._open(box)
        return found

    def _boxes(self) -> QuerySet[Box]:
        return Box.objects.filter(vote=self.vote, kind=self.kind).order_by("low")

    def _box_for(self, key: str) -> Box | None:
        return self._boxes().filter(low__lte=key).last()

    def _split(self, inside: Rows) -> Rows:
        """The lower half; the upper one goes into a box of its own, written with this one."""
        keys = sorted(inside)
        at = len(keys) // 2
        apart = keys[at][:_SHORT] != keys[at - 1][:_SHORT]
        low = keys[at][:_SHORT] if apart else keys[at]
        upper = Box(vote=self.vote, kind=self.kind, low=low)
        self._keep(upper, {one: inside[one] for one in keys[at:]})
        return {one: inside[one] for one in keys[:at]}

    def _keep(self, box: Box, rows: Rows) -> None:
        nonce = os.urandom(_NONCE)
        text = json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()
        box.content = nonce + suite().aead(self.lock).encrypt(nonce, text, self._bound_to(box))
        box.many = len(rows)
        box.save()

    def _open(self, box: Box) -> Rows:
        sealed = bytes(box.content)
        cipher, bound = suite().aead(self.lock), self._bound_to(box)
        opened: Rows = json.loads(cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound))
        return opened

    def _bound_to(self, box: Box) -> bytes:
        return f"gongzhi box 1\n{self.vote.pk}\n{self.kind}\n{box.low}".encode()


def how_many(vote: Vote, kind: str) -> int:
    """How many lie in the boxes of this kind, without opening one."""
    boxes = Box.objects.filter(vote=vote, kind=kind)
    return boxes.aggregate(all=Sum("many"))["all"] or 0


def publish(vote: Vote, ballots: Iterable[Ballot]) -> None:
    """Write all ballots anew, in the order of their random numbers, for everybody to read."""
    rows = [one.written() for one in sorted(ballots)]
    Box.objects.bulk_create(
        Box(vote=vote, kind=Box.Kind.COUNTED, low=part[0]["token"], many=len(part),
            content=json.dumps(part, separators=(",", ":")).encode())
        for at in range(0, len(rows), FULL)
        if (part := rows[at : at + FULL])
    )  # fmt: skip


def published(vote: Vote) -> list[Ballot]:
    """The ballots of a counted vote, as everybody may read them."""
    boxes = Box.objects.filter(vote=vote, kind=Box.Kind.COUNTED).order_by("low")
    return [Ballot.read(one) for box in boxes for one in json.loads(bytes(box.content))]
