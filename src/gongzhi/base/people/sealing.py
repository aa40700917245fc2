"""Sealing personal fields: readable with the county's key only, and bound to their row's kind.

AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce a seal. The key is derived from the home's
secret ``personal-fields`` and never stands in the database: a stolen copy of it tells no name.

To change the key, rename ``keys/personal-fields`` to ``keys/personal-fields.1`` (2, 3, …): the next
seal makes a new one, and what was sealed before still opens with the old.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_NAME = "personal-fields"
_FORM = b"\x01"
"""First byte of every seal: how it was made, so that another way can follow."""
_ID, _NONCE = 4, 12
_BOUND_TO = b"gongzhi personal fields 1"


class BrokenSeal(ValueError):
    """The sealed bytes were changed, or sealed with a key that this county doesn't have."""


def seal(fields: Mapping[str, str]) -> bytes:
    """The fields as bytes that only this county can open; they name the key that opens them."""
    secret, nonce = settings.HOME.secret(KEY_NAME), os.urandom(_NONCE)
    head = _FORM + key_id(secret)
    text = json.dumps(dict(fields), ensure_ascii=False, sort_keys=True).encode()
    return head + nonce + _cipher(secret).encrypt(nonce, text, head + _BOUND_TO)


def unseal(sealed: bytes) -> dict[str, str]:
    """The fields of a seal. Raises BrokenSeal for bytes that this county did not seal."""
    head, rest = sealed[: 1 + _ID], sealed[1 + _ID :]
    if head[:1] != _FORM:
        raise BrokenSeal("not a seal of a known form")
    cipher = _cipher(_secret_of(head[1:]))
    try:
        text = cipher.decrypt(rest[:_NONCE], rest[_NONCE:], head + _BOUND_TO)
    except (InvalidTag, ValueError) as wrong:
        raise BrokenSeal("the seal was changed") from wrong
    opened: dict[str, str] = json.loads(text)
    return opened


def key_id(secret: str) -> bytes:
    """What a seal calls the key it was made with; tells nothing about the key."""
    return hashlib.sha256(b"gongzhi key id\n" + secret.encode()).digest()[:_ID]


def _secret_of(wanted: bytes) -> str:
    """The present key or, for older seals, one that was put aside."""
    current = settings.HOME.secret(KEY_NAME)
    for secret in (current, *settings.HOME.older_secrets(KEY_NAME)):
        if key_id(secret) == wanted:
            return str(secret)
    raise BrokenSeal("sealed with a key that is not in this county's home")


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESGCM:
    derived = HKDF(hashes.SHA256(), length=32, salt=None, info=_BOUND_TO).derive(secret.encode())
    return AESGCM(derived)
