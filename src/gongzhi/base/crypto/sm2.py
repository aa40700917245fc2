"""SM2 (GB/T 32918): signatures with SM3, and encryption to a public key, by gmalg.

gmalg is plain Python, so its time tells something of the private key to whoever can measure it
closely on the machine. It signs once an hour and a backup, at nobody's asking.
"""

from __future__ import annotations

from functools import cached_property

from cryptography.exceptions import InvalidTag
from gmalg import PC_MODE, SM2
from gmalg.errors import GMError

N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
"""The order of the curve's base point (GB/T 32918.5)."""
WHO = b"1234567812345678"
"""Who signs, as GM/T 0009 has it where nothing else was agreed."""
_HALF = 32


class Key:
    """A private key: it signs, and opens what was sealed to its public half."""

    def __init__(self, scalar: int) -> None:
        self._secret = scalar.to_bytes(_HALF, "big")

    @cached_property
    def public(self) -> str:
        """66 hexadecimal digits: the point, compressed."""
        return bytes(SM2(pc_mode=PC_MODE.COMPRESS).generate_pk(self._secret)).hex()

    def sign(self, message: bytes) -> bytes:
        """r and s, 32 bytes each."""
        made = SM2(sk=self._secret, uid=WHO, pk=bytes.fromhex(self.public))
        return b"".join(half.rjust(_HALF, b"\0") for half in made.sign(message))

    def open(self, box: bytes, info: bytes) -> bytes:
        """The content. Raises InvalidTag for what is none of ours."""
        try:
            told = bytes(SM2(sk=self._secret).decrypt(box))
        except (GMError, ValueError, IndexError) as wrong:
            raise InvalidTag from wrong
        if not told.startswith(info):
            raise InvalidTag
        return told[len(info) :]


def is_signed(public: str, signature: bytes, message: bytes) -> bool:
    """Whether this key signed this."""
    if len(signature) != 2 * _HALF:
        return False
    try:
        made = SM2(pk=_point(public), uid=WHO)
        return bool(made.verify(message, signature[:_HALF], signature[_HALF:]))
    except (GMError, ValueError):
        return False


def seal_to(public: str, content: bytes, info: bytes) -> bytes:
    """C1 C3 C2, with what it is for before the content. Raises ValueError for no key."""
    return bytes(SM2(pk=_point(public)).encrypt(info + content))


def _point(public: str) -> bytes:
    """A point of the curve, compressed. Raises ValueError for anything else: a point beside the
    curve gives secrets away."""
    point = bytes.fromhex(public)
    if len(point) != _HALF + 1 or point[0] not in (2, 3):
        raise ValueError("no public key of SM2")
    try:
        if SM2().verify_pk(point):
            return point
    except GMError as wrong:
        raise ValueError("no point of the curve") from wrong
    raise ValueError("no point of the curve")
