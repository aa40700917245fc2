"""Blind signatures: RSABSSA-SHA384-PSS-Randomized of RFC 9474. Plain Python, knows no vote.

Whoever signs sees a number that says nothing of what is signed; what comes out is a usual RSA-PSS
signature, which anybody verifies. The signer's part (`blind_sign`) runs here; the voter's part
(`blind`, `finalize`) runs in the browser, and here for tests, the demo county and the recount.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BITS, EXPONENT = 2048, 65537
HASH, SALT = 48, 48
PREFIX = 32
"""Random bytes before each message."""
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT)


class NotBlinded(ValueError):
    """No number below the modulus: nothing that a browser has blinded."""


class BadSignature(ValueError):
    """The signature isn't one of this key over this message."""


@dataclass(frozen=True)
class Blinded:
    """What is sent to be signed, and what takes the blinding off again."""

    sent: bytes
    inverse: int


def new_key() -> bytes:
    """A fresh private key (PKCS 8, DER)."""
    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())


def public_of(private: bytes) -> bytes:
    """Its public half (SubjectPublicKeyInfo, DER)."""
    return (
        _private(private)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def blind_sign(private: bytes, sent: bytes) -> bytes:
    """Sign what was blinded, without learning what it is. Raises NotBlinded for no such number.

    The number is blinded once more, so that the time it takes tells nothing of the key, and the
    result is checked: a fault while reckoning would give the key away.
    """
    key = _private(private).private_numbers()
    n, e = key.public_numbers.n, key.public_numbers.e
    z = int.from_bytes(sent, "big")
    if len(sent) != _bytes(n) or not 1 < z < n - 1:
        raise NotBlinded
    r = _unit(n)
    s = _power(key, z * pow(r, e, n) % n) * pow(r, -1, n) % n
    if pow(s, e, n) != z:
        raise ArithmeticError("the signature came out wrong and is not given away")
    return s.to_bytes(_bytes(n), "big")


def blind(public: bytes, message: bytes) -> Blinded:
    """The message (its random bytes in front), blinded."""
    n = _public(public).public_numbers().n
    return blind_by(public, message, salt=secrets.token_bytes(SALT), r=_unit(n))


def blind_by(public: bytes, message: bytes, *, salt: bytes, r: int) -> Blinded:
    """The same by a chance that is given: to compare with the vectors of the RFC. Whatever is
    blinded twice by the same `r` can be told to be the same."""
    n = _public(public).public_numbers().n
    encoded = int.from_bytes(_encoded(message, n.bit_length() - 1, salt), "big")
    sent = (encoded * pow(r, EXPONENT, n) % n).to_bytes(_bytes(n), "big")
    return Blinded(sent, pow(r, -1, n))


def finalize(public: bytes, message: bytes, signed: bytes, inverse: int) -> bytes:
    """The signature, its blinding taken off. Raises BadSignature where it isn't one."""
    n = _public(public).public_numbers().n
    signature = (int.from_bytes(signed, "big") * inverse % n).to_bytes(_bytes(n), "big")
    verify(public, message, signature)
    return signature


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Raises BadSignature unless it is this key's signature over this message."""
    try:
        _public(public).verify(signature, message, _PSS, hashes.SHA384())
    except InvalidSignature as wrong:
        raise BadSignature from wrong


def _power(key: rsa.RSAPrivateNumbers, m: int) -> int:
    """m to the private exponent, by the two primes: three times as fast."""
    first, second = pow(m, key.dmp1, key.p), pow(m, key.dmq1, key.q)
    return second + key.q * ((first - second) * key.iqmp % key.p)


def _unit(n: int) -> int:
    """A random number that can be divided by."""
    return secrets.randbelow(n - 2) + 2


def _bytes(n: int) -> int:
    """Bytes of a number below n."""
    return (n.bit_length() + 7) // 8


def _encoded(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with SHA-384 and 48 bytes of salt."""
    size = (bits + 7) // 8
    digest = _sha(bytes(8) + _sha(message) + salt)
    block = bytes(size - SALT - HASH - 2) + b"\x01" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + digest + b"\xbc"


def _mask(seed: bytes, size: int) -> bytes:
    """MGF1."""
    blocks = range((size + HASH - 1) // HASH)
    return b"".join(_sha(seed + one.to_bytes(4, "big")) for one in blocks)[:size]


def _sha(text: bytes) -> bytes:
    return hashlib.sha384(text).digest()


def _private(der: bytes) -> rsa.RSAPrivateKey:
    key = serialization.load_der_private_key(
        der, None, unsafe_skip_rsa_key_validation=True
    )  # our own
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101  (for the type checker)
    return key


def _public(der: bytes) -> rsa.RSAPublicKey:
    key = serialization.load_der_public_key(der)
    if not isinstance(key, rsa.RSAPublicKey):
        raise BadSignature("no RSA key")
    return key


def digest_of(public: bytes) -> str:
    """Of a key, to compare by eye: 32 hexadecimal digits in groups of four."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def same(one: bytes, other: bytes) -> bool:
    """Whether two texts are equal, in a time that says nothing."""
    return hmac.compare_digest(one, other)
