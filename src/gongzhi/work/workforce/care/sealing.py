"""Care's own key: what is sealed with it opens here alone, not with the county's key for names.

AES-256-GCM under a key derived from the home's secret ``care``; codes and accounts are known here
by keyed hashes only. Nobody outside this package imports it (a test)."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_NAME = "care"
_NONCE = 12
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without what one mistakes: I, L, O, 0, 1."""
GROUPS, GROUP = 4, 4


def seal(told: Mapping[str, Any], key: bytes | None = None) -> bytes:
    """What is told, as bytes that only care opens; ``key``: with a key of a survey's own."""
    nonce = os.urandom(_NONCE)
    text = json.dumps(dict(told), ensure_ascii=False, sort_keys=True).encode()
    return nonce + _cipher(key or _key("seal")).encrypt(nonce, text, b"gongzhi care 1")


def unseal(sealed: bytes, key: bytes | None = None) -> dict[str, Any]:
    """The same again. Raises InvalidTag for what was sealed with another key."""
    cipher = _cipher(key or _key("seal"))
    opened: dict[str, Any] = json.loads(
        cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], b"gongzhi care 1")
    )
    return opened


def new_code() -> str:
    """A code for whoever books: 79 random bits, as ``ABCD-EFGH-JKMN-PQRS``."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _one in range(GROUP)) for _group in range(GROUPS)
    )


def hashed(code: str) -> str:
    """What is kept of a code, however it was typed."""
    plain = "".join(one for one in code.upper() if one in ALPHABET)
    return _keyed("code", plain)


def host_of(account: int) -> str:
    """What somebody who listens is called where nobody is to know who that is."""
    return _keyed("host", str(account))


def mark_of(lock: bytes, account: int) -> str:
    """That somebody has answered a survey: of that survey alone, gone with its key."""
    return hmac.new(lock, f"mark\n{account}".encode(), sha256).hexdigest()


def new_lock() -> bytes:
    """A fresh key for one survey."""
    return os.urandom(32)


def _keyed(what: str, text: str) -> str:
    return hmac.new(_key(what), text.encode(), sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return _derived(settings.HOME.secret(KEY_NAME), purpose)


@lru_cache(maxsize=16)
def _derived(secret: str, purpose: str) -> bytes:
    bound = f"gongzhi care {purpose} 1".encode()
    return HKDF(hashes.SHA256(), length=32, salt=None, info=bound).derive(secret.encode())


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
