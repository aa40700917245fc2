"""What a suite of algorithms does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol


class Hasher(Protocol):
    """Hashes piece by piece, as those of `hashlib` do."""

    def update(self, content: bytes, /) -> None:
        """Take in more."""

    def digest(self) -> bytes:
        """Of all so far."""

    def hexdigest(self) -> str:
        """The same in hexadecimal digits."""


class Aead(Protocol):
    """Seals with one key. `decrypt` raises cryptography's InvalidTag for what was changed."""

    def encrypt(self, nonce: bytes, content: bytes, bound: bytes, /) -> bytes:
        """The content sealed under this nonce, its tag at the end."""

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes, /) -> bytes:
        """The content again."""


class Signer(Protocol):
    """Signs with one private key."""

    @property
    def public(self) -> str:
        """The public half, hexadecimal."""

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""


class Opener(Protocol):
    """Opens what was sealed to one public key."""

    @property
    def public(self) -> str:
        """What to seal to, hexadecimal."""

    def open(self, box: bytes, info: bytes) -> bytes:
        """The content. Raises ValueError or InvalidTag for what is none of ours."""


class Suite(ABC):
    """One set of algorithms. All hashes and codes have 32 bytes, all signatures 64."""

    name: str
    form: bytes
    """One byte that seals begin with: which suite made them."""
    digest_name: str
    """As a file calls the hashes that are in it."""

    @abstractmethod
    def hasher(self) -> Hasher:
        """A fresh one."""

    @abstractmethod
    def keyed(self, key: bytes, content: bytes) -> bytes:
        """A keyed hash (HMAC, RFC 2104)."""

    @abstractmethod
    def derive(self, secret: bytes, info: bytes, *, salt: bytes | None = None) -> bytes:
        """32 bytes out of a secret, for one purpose (HKDF, RFC 5869)."""

    @abstractmethod
    def stretch(self, words: str, salt: bytes, cost: dict[str, int]) -> bytes:
        """32 bytes out of a passphrase, slowly."""

    @property
    @abstractmethod
    def cost(self) -> dict[str, int]:
        """How slowly."""

    @abstractmethod
    def aead(self, key: bytes) -> Aead:
        """What seals with this key of 32 bytes."""

    @abstractmethod
    def signer(self, seed: bytes) -> Signer:
        """The private key that 32 secret bytes make."""

    @abstractmethod
    def is_signed(self, public: str, signature: bytes, message: bytes) -> bool:
        """Whether this key signed this."""

    @abstractmethod
    def opener(self, seed: bytes) -> Opener:
        """The private key that 32 secret bytes make, for what is sealed to its public half."""

    @abstractmethod
    def seal_to(self, public: str, content: bytes, info: bytes) -> bytes:
        """Sealed so that only the owner of this public key opens it. ValueError for no key."""

    def digest(self, content: bytes) -> str:
        """The hash of this, hexadecimal."""
        hasher = self.hasher()
        hasher.update(content)
        return hasher.hexdigest()
