"""The right to one ballot, given at a counter to somebody without a phone. Plain Python.

Nothing is kept when it is given: the code carries what stands for the paper's number in this vote,
and a tag that only the vote's own key makes. The same number gets the same code each time; so a
second code is no second ballot. When the vote's key is destroyed, nobody can tell any more whose
code it was.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32decode, b32encode
from binascii import Error

HALF = 5
"""Bytes of the mark, and of the tag: with 10,000 people at counters, two share a mark in one of
20,000 votes; who guesses a tag needs some 10^12 tries."""
GROUP = 4
_CONFUSED = str.maketrans("018", "OIB")
"""What is often mistaken for a letter of base 32."""


def right_for(key: bytes, number: str) -> str:
    """The code for whoever showed the paper of this number: ``ABCD-EFGH-…``."""
    mark = _keyed(key, "number", number.encode())
    text = b32encode(mark + _keyed(key, "tag", mark)).decode()
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def mark_in(key: bytes, code: str) -> str | None:
    """What stands for its owner among the vote's marks (64 hexadecimal digits); None for a code
    that this vote never gave."""
    try:
        told = b32decode("".join(code.upper().split()).replace("-", "").translate(_CONFUSED))
    except (Error, ValueError):
        return None
    mark, tag = told[:HALF], told[HALF:]
    if not hmac.compare_digest(tag, _keyed(key, "tag", mark)):
        return None
    return hmac.new(key, b"gongzhi counter mark\n" + mark, hashlib.sha256).hexdigest()


def _keyed(key: bytes, what: str, text: bytes) -> bytes:
    told = f"gongzhi right {what}\n".encode() + text
    return hmac.new(key, told, hashlib.sha256).digest()[:HALF]
