"""Sealing what is too large to be held at once, piece by piece.

The STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption
and its Nonce-Reuse Misuse-Resistance" (CRYPTO 2015, https://eprint.iacr.org/2015/189), over
AES-256-GCM or SM4-GCM, by the county's suite: each piece is sealed under its number and whether it
is the last, so none can be changed, moved, left out or cut off at the end unnoticed. A random salt
makes each stream a key of its own (HKDF), so no nonce is ever used twice under one key.

    "gzs1" | salt (16) | pieces of 64 KiB, each with its tag (16), the last one shorter or empty

"gzs2" with the commercial suite.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from gongzhi.base.crypto.county import named, suite
from gongzhi.base.crypto.suite import Aead, Suite
from gongzhi.base.people.sealing import BrokenSeal

KEY_BYTES = 32
PIECE = 64 * 1024
_FORMS = {"international": b"gzs1", "commercial": b"gzs2"}
_FORM, _SALT, _TAG = 4, 16, 16


class Sealing:
    """Writes a stream: `write` any lengths, then `finish`. It hashes both sides as it goes."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        salt = os.urandom(_SALT)
        by = suite()
        self._out, self._cipher = out, _cipher(by, key, salt)
        self._head = _FORMS[by.name] + salt
        self._waiting, self._count = bytearray(), 0
        self._plain, self._sealed = sha256(), sha256()
        self.bytes = 0
        """How much was sealed, in the clear."""
        self._put(self._head)

    def write(self, content: bytes) -> None:
        """Seal what is whole by now; the rest waits, for it may be the last."""
        self.bytes += len(content)
        self._plain.update(content)
        self._waiting += content
        done = 0
        while len(self._waiting) - done > PIECE:
            self._seal(bytes(self._waiting[done : done + PIECE]), last=False)
            done += PIECE
        del self._waiting[:done]

    def finish(self) -> None:
        """Seal the last piece, which says that it is the last."""
        self._seal(bytes(self._waiting), last=True)

    @property
    def sha256(self) -> str:
        """Of the content."""
        return self._plain.hexdigest()

    @property
    def sealed_sha256(self) -> str:
        """Of the bytes as they lie on the disk; whole after `finish`."""
        return self._sealed.hexdigest()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._count, last=last), piece, self._head))
        self._count += 1

    def _put(self, sealed: bytes) -> None:
        self._sealed.update(sealed)
        self._out.write(sealed)


def opened(sealed: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The content, piece by piece, each only after its tag was checked. Raises BrokenSeal."""
    head = sealed.read(_FORM + _SALT)
    by = next((name for name, form in _FORMS.items() if head.startswith(form)), "")
    if len(head) != _FORM + _SALT or not by:
        raise BrokenSeal("not a stream of a known form")
    cipher, count = _cipher(named(by), key, head[_FORM:]), 0
    piece = sealed.read(PIECE + _TAG)
    while True:
        following = sealed.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(count, last=not following), piece, head)
        except (InvalidTag, ValueError) as wrong:
            raise BrokenSeal("the stream was changed, or cut off") from wrong
        if not following:
            return
        piece, count = following, count + 1


def _cipher(by: Suite, key: bytes, salt: bytes) -> Aead:
    return by.aead(by.derive(key, b"gongzhi stream 1", salt=salt))


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
