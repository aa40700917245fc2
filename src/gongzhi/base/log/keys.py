"""The key that signs checkpoints: made once, kept in the county's home, never in the database."""

from __future__ import annotations

from base64 import urlsafe_b64decode

from django.conf import settings

from gongzhi.base.crypto.county import WrongSuite, of_key, suite
from gongzhi.base.crypto.suite import Signer

_PURPOSE = b"gongzhi log checkpoint 1\n"


def signing_key() -> Signer:
    """The county's own key, of its suite: Ed25519 or SM2. Made of the secret ``log-signing``."""
    return suite().signer(urlsafe_b64decode(settings.HOME.secret("log-signing") + "="))


def public_key() -> str:
    """The public half, hexadecimal, to be kept where the county's writers can't go."""
    return signing_key().public


def sign(seq: int, digest: str) -> tuple[str, str]:
    """(public key, signature), both hexadecimal."""
    key = signing_key()
    return key.public, key.sign(_message(seq, digest)).hex()


def is_signed(seq: int, digest: str, public: str, signature: str) -> bool:
    """Whether `signature` is by `public`, which says its suite, over this position and hash."""
    try:
        signed = bytes.fromhex(signature)
        return of_key(public).is_signed(public, signed, _message(seq, digest))
    except (ValueError, WrongSuite):
        return False


def _message(seq: int, digest: str) -> bytes:
    return _PURPOSE + f"{seq}\n{digest}".encode()
