"""The key that signs checkpoints: made once, kept in the county's home, never in the database."""

from __future__ import annotations

from base64 import urlsafe_b64decode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

_PURPOSE = b"gongzhi log checkpoint 1\n"


def signing_key() -> Ed25519PrivateKey:
    """The county's own key (RFC 8032). Its seed is the secret ``log-signing``."""
    seed = urlsafe_b64decode(settings.HOME.secret("log-signing") + "=")
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half, 64 hexadecimal digits, to be kept where the county's writers can't go."""
    return key.public_key().public_bytes_raw().hex()


def sign(seq: int, digest: str) -> tuple[str, str]:
    """(public key, signature), both hexadecimal."""
    key = signing_key()
    return public_hex(key), key.sign(_message(seq, digest)).hex()


def is_signed(seq: int, digest: str, public: str, signature: str) -> bool:
    """Whether `signature` is by `public` over this position and hash."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), _message(seq, digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(seq: int, digest: str) -> bytes:
    return _PURPOSE + f"{seq}\n{digest}".encode()
