"""The Chinese commercial suite (商用密码): SM3 (GB/T 32905), SM4-GCM (GB/T 32907, RFC 8998), SM2
(GB/T 32918), HKDF and PBKDF2 over HMAC-SM3.

SM3 and SM4 are OpenSSL's, through `cryptography`; SM2 see `sm2`. This is software, and no certified
module: where the law asks for one, it takes the place of this file behind the same interface.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from gongzhi.base.crypto import sm2
from gongzhi.base.crypto.suite import Aead, Hasher, Opener, Signer, Suite

_TAG = 16


class Commercial(Suite):
    """What a county has that is founded with GONGZHI_SUITE=commercial."""

    name, form, digest_name = "commercial", b"\x02", "sm3"

    def hasher(self) -> Hasher:
        """SM3."""
        return Sm3()

    def digest(self, content: bytes) -> str:
        """SM3 at once: what the log does for each entry."""
        told = hashes.Hash(hashes.SM3())
        told.update(content)
        return told.finalize().hex()

    def keyed(self, key: bytes, content: bytes) -> bytes:
        """HMAC-SM3."""
        told = HMAC(key, hashes.SM3())
        told.update(content)
        return told.finalize()

    def derive(self, secret: bytes, info: bytes, *, salt: bytes | None = None) -> bytes:
        """HKDF-SM3."""
        return HKDF(hashes.SM3(), length=32, salt=salt, info=info).derive(secret)

    @property
    def cost(self) -> dict[str, int]:
        """Rounds: a good second."""
        return {"rounds": 600_000}

    def stretch(self, words: str, salt: bytes, cost: dict[str, int]) -> bytes:
        """PBKDF2-HMAC-SM3."""
        told = PBKDF2HMAC(hashes.SM3(), length=32, salt=salt, iterations=cost["rounds"])
        return told.derive(words.encode())

    def aead(self, key: bytes) -> Aead:
        """SM4-GCM."""
        return Sm4Gcm(_shortened(key))

    def signer(self, seed: bytes) -> Signer:
        """SM2 with SM3."""
        return sm2.Key(_scalar(seed, b"gongzhi sm2 sign 1"))

    def is_signed(self, public: str, signature: bytes, message: bytes) -> bool:
        """SM2 with SM3."""
        return sm2.is_signed(public, signature, message)

    def opener(self, seed: bytes) -> Opener:
        """SM2."""
        return sm2.Key(_scalar(seed, b"gongzhi sm2 open 1"))

    def seal_to(self, public: str, content: bytes, info: bytes) -> bytes:
        """SM2 public key encryption."""
        return sm2.seal_to(public, content, info)


class Sm3:
    """SM3 as `hashlib` would have it; not every Python's has."""

    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())

    def update(self, content: bytes, /) -> None:
        """Take in more."""
        self._hash.update(content)

    def digest(self) -> bytes:
        """Of all so far."""
        return self._hash.copy().finalize()

    def hexdigest(self) -> str:
        """The same in hexadecimal digits."""
        return self.digest().hex()


class Sm4Gcm:
    """SM4 in GCM, with a key of 16 bytes and a nonce of 12."""

    def __init__(self, key: bytes) -> None:
        self._sm4 = SM4(key)

    def encrypt(self, nonce: bytes, content: bytes, bound: bytes, /) -> bytes:
        """The content sealed, its tag at the end."""
        made = Cipher(self._sm4, GCM(nonce)).encryptor()
        made.authenticate_additional_data(bound)
        return made.update(content) + made.finalize() + made.tag

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes, /) -> bytes:
        """The content again. Raises InvalidTag."""
        if len(sealed) < _TAG:
            raise InvalidTag
        made = Cipher(self._sm4, GCM(nonce, sealed[-_TAG:])).decryptor()
        made.authenticate_additional_data(bound)
        return made.update(sealed[:-_TAG]) + made.finalize()


@lru_cache(maxsize=64)
def _shortened(key: bytes) -> bytes:
    """SM4 has keys of 16 bytes, ours have 32."""
    return HKDF(hashes.SM3(), length=16, salt=None, info=b"gongzhi sm4 1").derive(key)


def _scalar(seed: bytes, info: bytes) -> int:
    """1 … n-2, each as likely as any other but for 2^-128."""
    wide = HKDF(hashes.SM3(), length=48, salt=None, info=info).derive(seed)
    return int.from_bytes(wide, "big") % (sm2.N - 2) + 1
