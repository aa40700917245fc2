"""Signatures over what the signer never saw (RFC 9474)."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from gongzhi.work.proposals import blind

VECTOR = Path(__file__).with_name("rfc9474_a1.json")
MESSAGE = secrets.token_bytes(blind.PREFIX) + "赞成".encode()


@pytest.fixture(scope="module")
def key() -> bytes:
    return blind.new_key()


def test_what_was_signed_blindly_is_a_usual_signature(key: bytes) -> None:
    public = blind.public_of(key)
    drawn = blind.blind(public, MESSAGE)
    signature = blind.finalize(public, MESSAGE, blind.blind_sign(key, drawn.sent), drawn.inverse)
    blind.verify(public, MESSAGE, signature)
    with pytest.raises(blind.BadSignature):
        blind.verify(public, MESSAGE + b"!", signature)


def test_the_same_blinded_number_gets_the_same_answer(key: bytes) -> None:
    drawn = blind.blind(blind.public_of(key), MESSAGE)
    assert blind.blind_sign(key, drawn.sent) == blind.blind_sign(key, drawn.sent)


@pytest.mark.parametrize("sent", [b"", b"\x01", bytes(256), b"\xff" * 256, bytes(255) + b"\x01"])
def test_what_is_no_number_below_the_modulus_is_not_signed(key: bytes, sent: bytes) -> None:
    with pytest.raises(blind.NotBlinded):
        blind.blind_sign(key, sent)


def test_another_key_s_signature_does_not_count(key: bytes) -> None:
    key, other = sorted((key, blind.new_key()), key=modulus)  # what fits one fits the other
    public = blind.public_of(key)
    drawn = blind.blind(public, MESSAGE)
    with pytest.raises(blind.BadSignature):
        blind.finalize(public, MESSAGE, blind.blind_sign(other, drawn.sent), drawn.inverse)


def modulus(key: bytes) -> int:
    public = serialization.load_der_public_key(blind.public_of(key))
    assert isinstance(public, rsa.RSAPublicKey)
    return public.public_numbers().n


def test_it_reckons_what_the_rfc_says() -> None:
    """RFC 9474, Appendix A.1, step by step: blinded, signed blindly, unblinded. The vector's key
    has 4096 bits, so that it can be no key of a vote by mistake."""
    told = json.loads(VECTOR.read_text())
    key, public, n = its_key(told)
    message = bytes.fromhex(told["msg_prefix"] + told["msg"])
    inverse = int(told["inv"], 16)
    drawn = blind.blind_by(public, message, salt=bytes.fromhex(told["salt"]), r=pow(inverse, -1, n))
    assert drawn.inverse == inverse
    assert drawn.sent.hex() == told["blinded_msg"]
    signed = blind.blind_sign(key, drawn.sent)
    assert signed.hex() == told["blind_sig"]
    assert blind.finalize(public, message, signed, inverse).hex() == told["sig"]


def its_key(told: dict[str, str]) -> tuple[bytes, bytes, int]:
    p, q, e = (int(told[name], 16) for name in "pqe")
    d = pow(e, -1, (p - 1) * (q - 1))
    both = rsa.RSAPublicNumbers(e, p * q)
    exponents = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, *exponents, both)
    form = serialization.PrivateFormat.PKCS8
    der = serialization.Encoding.DER
    key = numbers.private_key().private_bytes(der, form, serialization.NoEncryption())
    return key, blind.public_of(key), p * q
