"""Checking the log: the first altered, missing or reordered entry, and checkpoints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongzhi.base.crypto.county import of_key
from gongzhi.base.crypto.suite import Suite
from gongzhi.base.log import chain, keys
from gongzhi.base.log.models import Checkpoint, Entry

Fault = Literal["missing", "altered", "signature", "checkpoint", "cut_off"]


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many entries hold, and the first fault if there is one."""

    entries: int
    checkpoints: int
    fault: Fault | None = None
    seq: int | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


def verify(trusted_key: str | None = None) -> Verdict:
    """Walk the whole log once, in constant memory.

    ``trusted_key``: the public key (hexadecimal) that checkpoints must bear; the home's own when
    None. Its kind says by which suite the chain is hashed: one of the other suite doesn't hold.
    Someone who can rewrite the whole chain can't sign it again without that key.
    """
    trusted = trusted_key or keys.public_key()
    suite = of_key(trusted)
    signed = {point.seq: point for point in Checkpoint.objects.order_by("seq")}
    before, expected = chain.START, 1
    for entry in Entry.objects.order_by("seq").iterator(2000):
        fault = _fault(before, expected, entry, signed.get(entry.seq), trusted, suite)
        if fault:
            return Verdict(expected - 1, len(signed), fault, expected)
        before, expected = entry.hash, expected + 1
    beyond = [seq for seq in signed if seq >= expected]
    if beyond:  # a checkpoint stands where no entry is left
        return Verdict(expected - 1, len(signed), "cut_off", expected)
    return Verdict(expected - 1, len(signed))


def _fault(
    before: str, expected: int, entry: Entry, point: Checkpoint | None, trusted: str, suite: Suite
) -> Fault | None:
    if entry.seq != expected:
        return "missing"
    if entry.hash != chain.digest(before, entry, suite):
        return "altered"
    if point is None:
        return None
    if point.key != trusted or not keys.is_signed(
        point.seq, point.hash, point.key, point.signature
    ):
        return "signature"
    return None if point.hash == entry.hash else "checkpoint"


def checkpoint() -> Checkpoint | None:
    """Sign the log as it stands; None when nothing was added since the last one."""
    seq, digest = chain.head()
    if not seq or Checkpoint.objects.filter(seq=seq).exists():
        return None
    public, signature = keys.sign(seq, digest)
    from gongzhi.base.log.actions import now

    return Checkpoint.objects.create(
        seq=seq, hash=digest, at=now(), key=public, signature=signature
    )
