"""The international suite: SHA-256 (FIPS 180-4), AES-256-GCM (NIST SP 800-38D), Ed25519 (RFC 8032),
HPKE with X25519 (RFC 9180), scrypt (RFC 7914)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM
from cryptography.hazmat.primitives.hpke import Suite as Hpke
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from gongzhi.base.crypto.suite import Aead, Hasher, Opener, Signer, Suite

_HPKE = Hpke(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class International(Suite):
    """What a county has unless it is founded otherwise."""

    name, form, digest_name = "international", b"\x01", "sha256"

    def hasher(self) -> Hasher:
        """SHA-256."""
        return hashlib.sha256()

    def keyed(self, key: bytes, content: bytes) -> bytes:
        """HMAC-SHA-256."""
        return hmac.digest(key, content, "sha256")

    def derive(self, secret: bytes, info: bytes, *, salt: bytes | None = None) -> bytes:
        """HKDF-SHA-256."""
        return HKDF(hashes.SHA256(), length=32, salt=salt, info=info).derive(secret)

    @property
    def cost(self) -> dict[str, int]:
        """64 MB and a fifth of a second."""
        return {"n": 2**16, "r": 8, "p": 1}

    def stretch(self, words: str, salt: bytes, cost: dict[str, int]) -> bytes:
        """scrypt."""
        return Scrypt(salt=salt, length=32, **cost).derive(words.encode())

    def aead(self, key: bytes) -> Aead:
        """AES-256-GCM."""
        return AESGCM(key)

    def signer(self, seed: bytes) -> Signer:
        """Ed25519; the seed is the key."""
        return _Signer(Ed25519PrivateKey.from_private_bytes(seed))

    def is_signed(self, public: str, signature: bytes, message: bytes) -> bool:
        """Ed25519."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
            key.verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def opener(self, seed: bytes) -> Opener:
        """X25519; the seed is the key."""
        return _Opener(X25519PrivateKey.from_private_bytes(seed))

    def seal_to(self, public: str, content: bytes, info: bytes) -> bytes:
        """HPKE."""
        return _HPKE.encrypt(
            content, X25519PublicKey.from_public_bytes(bytes.fromhex(public)), info
        )


@dataclass(frozen=True)
class _Signer:
    key: Ed25519PrivateKey

    @property
    def public(self) -> str:
        return self.key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


@dataclass(frozen=True)
class _Opener:
    key: X25519PrivateKey

    @property
    def public(self) -> str:
        return self.key.public_key().public_bytes_raw().hex()

    def open(self, box: bytes, info: bytes) -> bytes:
        return _HPKE.decrypt(box, self.key, info)
