"""Sealing personal fields: readable with the county's key only, and bound to their row's kind.

AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce a seal. The key is derived from the home's
secret ``personal-fields`` and never stands in the database: a stolen copy of it tells no name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = b"\x01"
"""First byte of every seal: how it was made, so that another way can follow."""
_NONCE = 12
_BOUND_TO = b"gongzhi personal fields 1"


class BrokenSeal(ValueError):
    """The sealed bytes were changed, or sealed with another county's key."""


def seal(fields: Mapping[str, str]) -> bytes:
    """The fields as bytes that only this county can open."""
    nonce = os.urandom(_NONCE)
    text = json.dumps(dict(fields), ensure_ascii=False, sort_keys=True).encode()
    return _FORM + nonce + _cipher(_secret()).encrypt(nonce, text, _BOUND_TO)


def unseal(sealed: bytes) -> dict[str, str]:
    """The fields of a seal. Raises BrokenSeal for bytes that this county did not seal."""
    form, nonce, rest = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    if form != _FORM:
        raise BrokenSeal("not a seal of a known form")
    try:
        text = _cipher(_secret()).decrypt(nonce, rest, _BOUND_TO)
    except (InvalidTag, ValueError) as wrong:
        raise BrokenSeal("the seal was changed, or made with another key") from wrong
    opened: dict[str, str] = json.loads(text)
    return opened


def _secret() -> str:
    return str(settings.HOME.secret("personal-fields"))


@lru_cache(maxsize=4)
def _cipher(secret: str) -> AESGCM:
    derived = HKDF(hashes.SHA256(), length=32, salt=None, info=_BOUND_TO).derive(secret.encode())
    return AESGCM(derived)
