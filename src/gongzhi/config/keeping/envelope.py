"""What lies in a backup: sealed to the keys of those who may open it, piece by piece.

A fresh key seals each file as a stream (`base/files/streams`), and the county's suite (HPKE, RFC
9180, with X25519; or SM2, GB/T 32918.4) seals that key to every recipient. Who makes a backup need
not be able to read it: the public keys are enough.

    "gzb1 " | JSON: the recipients' public keys and the sealed keys | line break | stream

"gzb2 " with the commercial suite.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode, urlsafe_b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag

from gongzhi.base.crypto.county import named, of_key, suite
from gongzhi.base.crypto.suite import Opener, Suite
from gongzhi.base.files.streams import KEY_BYTES, Sealing, opened
from gongzhi.base.people.sealing import BrokenSeal
from gongzhi.config.keeping.state import Wont

KEY_NAME = "backup"
"""The secret in the county's home that opens its own backups."""
_MARKS = {"international": b"gzb1 ", "commercial": b"gzb2 "}
_MARK, _INFO = 5, b"gongzhi backup 1"
_LONGEST_HEAD = 64 * 1024


@dataclass(frozen=True)
class Identity:
    """The private key of whoever may open a backup, of whichever suite that is."""

    seed: bytes

    def opener(self, by: Suite) -> Opener:
        """As this suite opens with it."""
        return by.opener(self.seed)


def identity(secret: str) -> Identity:
    """The private key of a secret as homes keep them (43 characters)."""
    try:
        seed = urlsafe_b64decode(secret.strip() + "=")
    except ValueError as wrong:
        raise Wont("That is no key for backups.") from wrong
    if len(seed) != KEY_BYTES:
        raise Wont("That is no key for backups.")
    return Identity(seed)


def public_hex(key: Identity, by: Suite | None = None) -> str:
    """What to seal to, hexadecimal; nothing secret. By the county's suite unless told otherwise."""
    return key.opener(by or suite()).public


def sealed_to(text: str, key: bytes) -> bytes:
    """The key, sealed to the recipient of these digits. Raises Wont for digits that are none, or of
    another suite than the county's: a backup is of one."""
    if of_key(text) is not suite():
        raise Wont(f"{text!r} is no recipient of the {suite().name} suite, which this county has")
    try:
        return suite().seal_to(text, key, _INFO)
    except ValueError as wrong:
        raise Wont(f"{text!r} is no recipient: hexadecimal digits of a public key") from wrong


class Written:
    """A file that is being written, and its hash; it gets its name when it is whole."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._hash, self.bytes = out, sha256(), 0
        self._by = suite()
        self._own = self._hash if self._by.digest_name == "sha256" else self._by.hasher()

    def write(self, piece: bytes) -> int:
        """As a file does."""
        self._hash.update(piece)
        if self._own is not self._hash:
            self._own.update(piece)
        self.bytes += len(piece)
        return self._out.write(piece)

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._hash.hexdigest()

    def told(self) -> dict[str, object]:
        """For the manifest."""
        return {"bytes": self.bytes, self._by.digest_name: self._own.hexdigest()}


@contextmanager
def whole_file(path: Path) -> Iterator[Written]:
    """Write to `path`, which is there only once all of it is, for good."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as out:
        yield Written(out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


@contextmanager
def sealed_file(path: Path, recipients: Sequence[str]) -> Iterator[tuple[Sealing, Written]]:
    """Write to `path` what only the recipients can read."""
    key = os.urandom(KEY_BYTES)
    sealed = {one: sealed_to(one, key) for one in recipients}
    boxes = {one: b64encode(box).decode() for one, box in sealed.items()}
    with whole_file(path) as out:
        out.write(_MARKS[suite().name] + json.dumps(boxes).encode() + b"\n")
        sealing = Sealing(cast("BinaryIO", out), key)
        yield sealing, out
        sealing.finish()


def pieces_of(path: Path, key: Identity) -> Iterator[bytes]:
    """The content of a sealed file, each piece checked. Raises Wont where it isn't what it was."""
    try:
        with path.open("rb") as content:
            yield from opened(content, _key_in(path, content, key))
    except OSError as wrong:
        raise Wont(f"{path.name} can't be read: {wrong.strerror}") from wrong
    except BrokenSeal as wrong:
        raise Wont(f"{path.name} is damaged: {wrong}") from wrong


def _key_in(path: Path, content: BinaryIO, key: Identity) -> bytes:
    head = content.readline(_LONGEST_HEAD)
    by = next((name for name, mark in _MARKS.items() if head.startswith(mark)), "")
    if not by:
        raise Wont(f"{path.name} is damaged, or no part of a backup.")
    opener = key.opener(named(by))
    try:
        box = json.loads(head[_MARK:]).get(opener.public)
        if box is None:
            raise Wont(f"{path.name} was sealed to others: this key doesn't open it.")
        return opener.open(b64decode(box), _INFO)
    except (ValueError, AttributeError, TypeError, InvalidTag) as wrong:
        raise Wont(f"{path.name} is damaged: its head was changed") from wrong


def lines_of(pieces: Iterator[bytes]) -> Iterator[str]:
    """Text from pieces, line by line, without the breaks."""
    left = b""
    for piece in pieces:
        *whole, left = (left + piece).split(b"\n")
        yield from (one.decode() for one in whole)
    if left:
        raise Wont("The last line has no end: the file was cut off.")
