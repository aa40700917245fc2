"""Care's own key: what is sealed with it opens here alone, not with the county's key for names.

Sealed by the county's suite under a key derived from the home's secret ``care``; codes and accounts
are known here by keyed hashes only. Nobody outside this package imports it (a test)."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from gongzhi.base.crypto.county import suite
from gongzhi.base.crypto.suite import Aead, Suite

KEY_NAME = "care"
_NONCE = 12
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without what one mistakes: I, L, O, 0, 1."""
GROUPS, GROUP = 4, 4


def seal(told: Mapping[str, Any], key: bytes | None = None) -> bytes:
    """What is told, as bytes that only care opens; ``key``: with a key of a survey's own."""
    nonce = os.urandom(_NONCE)
    text = json.dumps(dict(told), ensure_ascii=False, sort_keys=True).encode()
    return nonce + _cipher(key or _key("seal"), suite()).encrypt(nonce, text, b"gongzhi care 1")


def unseal(sealed: bytes, key: bytes | None = None) -> dict[str, Any]:
    """The same again. Raises InvalidTag for what was sealed with another key."""
    cipher = _cipher(key or _key("seal"), suite())
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
    return suite().keyed(lock, f"mark\n{account}".encode()).hex()


def new_lock() -> bytes:
    """A fresh key for one survey."""
    return os.urandom(32)


def _keyed(what: str, text: str) -> str:
    return suite().keyed(_key(what), text.encode()).hex()


def _key(purpose: str) -> bytes:
    return _derived(settings.HOME.secret(KEY_NAME), purpose, suite())


@lru_cache(maxsize=16)
def _derived(secret: str, purpose: str, by: Suite) -> bytes:
    bound = f"gongzhi care {purpose} 1".encode()
    return by.derive(secret.encode(), bound)


@lru_cache(maxsize=16)
def _cipher(key: bytes, by: Suite) -> Aead:
    return by.aead(key)
