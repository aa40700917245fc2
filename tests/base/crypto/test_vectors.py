"""Both suites do what their standards say: answers that the standards print, and OpenSSL's own."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from gongzhi.base.crypto import sm2
from gongzhi.base.crypto.commercial import Commercial, Sm4Gcm
from gongzhi.base.crypto.international import International
from gongzhi.base.crypto.suite import Suite

BOTH = pytest.mark.parametrize("suite", [International(), Commercial()], ids=lambda one: one.name)
# GB/T 32918.5-2017, annex A: the key, and the signature of "message digest"
SCALAR = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
POINT = "0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
SIGNATURE = bytes.fromhex(
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)


def test_sm3_hashes_as_gb_t_32905_prints() -> None:
    suite = Commercial()
    assert suite.digest(b"abc") == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert suite.digest(b"abcd" * 16) == (
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


def test_sm4_enciphers_as_gb_t_32907_prints() -> None:
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    told = Cipher(algorithms.SM4(key), modes.ECB()).encryptor().update(key)
    assert told.hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_seals_as_rfc_8998_prints() -> None:
    key, nonce = bytes.fromhex("0123456789abcdeffedcba9876543210"), "00001234567800000000abcd"
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    content = bytes.fromhex("".join(letter * 16 for letter in "abcdefea"))
    sealed = Sm4Gcm(key).encrypt(bytes.fromhex(nonce), content, bound)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


def test_sm2_signs_as_gb_t_32918_prints() -> None:
    assert sm2.Key(SCALAR).public == POINT
    assert sm2.is_signed(POINT, SIGNATURE, b"message digest")
    assert not sm2.is_signed(POINT, SIGNATURE, b"message Digest")
    assert not sm2.is_signed(POINT, SIGNATURE[:32] + SIGNATURE[:32], b"message digest")


@pytest.mark.skipif(not shutil.which("openssl"), reason="no OpenSSL to compare with")
def test_openssl_agrees_with_us(tmp_path: Path) -> None:
    """Signatures of each hold with the other; the keyed hash is the same."""
    content, key = tmp_path / "content", tmp_path / "key.pem"
    content.write_bytes(b"what was signed")
    openssl("ecparam", "-name", "SM2", "-genkey", "-noout", "-out", key)
    told = openssl("ec", "-in", key, "-noout", "-text", "-conv_form", "compressed").decode()
    scalar, point = (
        "".join(told.split(f"{name}:")[1].split("ASN1")[0].split("pub:")[0].split())
        for name in ("priv", "pub")
    )
    ours = sm2.Key(int(scalar.replace(":", ""), 16))
    assert ours.public == point.replace(":", "").lower()
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    mine.write_bytes(der(ours.sign(content.read_bytes())))
    who = ("-sigopt", "distid:1234567812345678")
    public = tmp_path / "public.pem"
    openssl("ec", "-in", key, "-pubout", "-out", public)
    openssl("dgst", "-sm3", *who, "-verify", public, "-signature", mine, content)
    openssl("dgst", "-sm3", *who, "-sign", key, "-out", theirs, content)
    assert sm2.is_signed(ours.public, raw(theirs.read_bytes()), content.read_bytes())
    keyed = openssl("dgst", "-sm3", "-mac", "HMAC", "-macopt", "hexkey:6b6579", content).decode()
    assert keyed.split()[-1] == Commercial().keyed(b"key", content.read_bytes()).hex()


def openssl(*words: str | Path) -> bytes:
    return subprocess.run(["openssl", *map(str, words)], capture_output=True, check=True).stdout


def der(signature: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    return encode_dss_signature(*(int.from_bytes(one) for one in halves(signature)))


def raw(told: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    return b"".join(one.to_bytes(32, "big") for one in decode_dss_signature(told))


def halves(signature: bytes) -> tuple[bytes, bytes]:
    return signature[:32], signature[32:]


@BOTH
def test_what_was_changed_does_not_open_nor_hold(suite: Suite) -> None:
    seed, key, nonce = secrets.token_bytes(32), secrets.token_bytes(32), bytes(12)
    sealed = suite.aead(key).encrypt(nonce, b"a name", b"here")
    assert suite.aead(key).decrypt(nonce, sealed, b"here") == b"a name"
    for other in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:7], b""):
        with pytest.raises((InvalidTag, ValueError)):
            suite.aead(key).decrypt(nonce, other, b"here")
    with pytest.raises(InvalidTag):
        suite.aead(key).decrypt(nonce, sealed, b"there")
    signer = suite.signer(seed)
    signed = signer.sign(b"so it is")
    assert len(signed) == 64
    assert suite.is_signed(signer.public, signed, b"so it is")
    assert not suite.is_signed(signer.public, signed, b"so it was")
    assert not suite.is_signed(signer.public, signed[:-1], b"so it is")
    assert not suite.is_signed("no key", signed, b"so it is")


@BOTH
def test_only_the_recipient_opens_what_was_sealed_to_them(suite: Suite) -> None:
    mine, theirs = (suite.opener(secrets.token_bytes(32)) for _ in range(2))
    box = suite.seal_to(mine.public, b"k" * 32, b"for this")
    assert mine.open(box, b"for this") == b"k" * 32
    for opener, info in ((theirs, b"for this"), (mine, b"for that")):
        with pytest.raises((InvalidTag, ValueError)):
            opener.open(box, info)
    for none in ("zz", "", "05" * 33, "02" + "ff" * 32, "02" + "0" * 63 + "5"):
        with pytest.raises(ValueError):
            suite.seal_to(none, b"k", b"")
