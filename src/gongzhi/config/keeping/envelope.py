"""What lies in a backup: sealed to the keys of those who may open it, piece by piece.

A fresh key seals each file as a stream (`base/files/streams`), and HPKE (RFC 9180: X25519,
HKDF-SHA256, AES-256-GCM) seals that key to every recipient. Who makes a backup need not be able to
read it: the public keys are enough.

    "gzb1 " | JSON: the recipients' public keys and the sealed keys | line break | stream
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode, urlsafe_b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from gongzhi.base.files.streams import KEY_BYTES, Sealing, opened
from gongzhi.base.people.sealing import BrokenSeal
from gongzhi.config.keeping.state import Wont

KEY_NAME = "backup"
"""The secret in the county's home that opens its own backups."""
_MARK, _INFO = b"gzb1 ", b"gongzhi backup 1"
_LONGEST_HEAD = 64 * 1024
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def identity(secret: str) -> X25519PrivateKey:
    """The private key of a secret as homes keep them (43 characters)."""
    try:
        return X25519PrivateKey.from_private_bytes(urlsafe_b64decode(secret.strip() + "="))
    except ValueError as wrong:
        raise Wont("That is no key for backups.") from wrong


def public_hex(key: X25519PrivateKey) -> str:
    """What to seal to, 64 hexadecimal digits; nothing secret."""
    return key.public_key().public_bytes_raw().hex()


def recipient(text: str) -> X25519PublicKey:
    """The public key that these digits are."""
    try:
        return X25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError as wrong:
        raise Wont(f"{text!r} is no recipient: 64 hexadecimal digits") from wrong


class Written:
    """A file that is being written, and its hash; it gets its name when it is whole."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._hash, self.bytes = out, sha256(), 0

    def write(self, piece: bytes) -> int:
        """As a file does."""
        self._hash.update(piece)
        self.bytes += len(piece)
        return self._out.write(piece)

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._hash.hexdigest()

    def told(self) -> dict[str, object]:
        """For the manifest."""
        return {"bytes": self.bytes, "sha256": self.sha256}


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
    sealed = {one: _SUITE.encrypt(key, recipient(one), _INFO) for one in recipients}
    boxes = {one: b64encode(box).decode() for one, box in sealed.items()}
    with whole_file(path) as out:
        out.write(_MARK + json.dumps(boxes).encode() + b"\n")
        sealing = Sealing(cast("BinaryIO", out), key)
        yield sealing, out
        sealing.finish()


def pieces_of(path: Path, key: X25519PrivateKey) -> Iterator[bytes]:
    """The content of a sealed file, each piece checked. Raises Wont where it isn't what it was."""
    try:
        with path.open("rb") as content:
            yield from opened(content, _key_in(path, content, key))
    except OSError as wrong:
        raise Wont(f"{path.name} can't be read: {wrong.strerror}") from wrong
    except BrokenSeal as wrong:
        raise Wont(f"{path.name} is damaged: {wrong}") from wrong


def _key_in(path: Path, content: BinaryIO, key: X25519PrivateKey) -> bytes:
    head = content.readline(_LONGEST_HEAD)
    if not head.startswith(_MARK):
        raise Wont(f"{path.name} is damaged, or no part of a backup.")
    try:
        box = json.loads(head[len(_MARK) :]).get(public_hex(key))
        if box is None:
            raise Wont(f"{path.name} was sealed to others: this key doesn't open it.")
        return _SUITE.decrypt(b64decode(box), key, _INFO)
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
