"""Sealing personal fields: readable with the county's key only, and bound to their row's kind.

AES-256-GCM or SM4-GCM, by the county's suite, with a fresh 96-bit nonce a seal; the first byte says
which. The key is derived from the home's
secret ``personal-fields`` and never stands in the database: a stolen copy of it tells no name.

To change the key, rename ``keys/personal-fields`` to ``keys/personal-fields.1`` (2, 3, …): the next
seal makes a new one, and what was sealed before still opens with the old.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from django.conf import settings

from gongzhi.base.crypto.county import of_form, suite
from gongzhi.base.crypto.suite import Aead, Suite

KEY_NAME = "personal-fields"
_ID, _NONCE = 4, 12
_BOUND_TO = b"gongzhi personal fields 1"


class BrokenSeal(ValueError):
    """The sealed bytes were changed, or sealed with a key that this county doesn't have."""


def seal(fields: Mapping[str, str]) -> bytes:
    """The fields as bytes that only this county can open; they name the key that opens them."""
    secret, nonce, by = settings.HOME.secret(KEY_NAME), os.urandom(_NONCE), suite()
    head = by.form + key_id(secret, by)
    text = json.dumps(dict(fields), ensure_ascii=False, sort_keys=True).encode()
    return head + nonce + _cipher(secret, by).encrypt(nonce, text, head + _BOUND_TO)


def unseal(sealed: bytes) -> dict[str, str]:
    """The fields of a seal. Raises BrokenSeal for bytes that this county did not seal."""
    head, rest = sealed[: 1 + _ID], sealed[1 + _ID :]
    by = of_form(head[:1])
    if by is not suite():
        raise BrokenSeal("not a seal of this county's form")
    cipher = _cipher(_secret_of(head[1:]), by)
    try:
        text = cipher.decrypt(rest[:_NONCE], rest[_NONCE:], head + _BOUND_TO)
    except (InvalidTag, ValueError) as wrong:
        raise BrokenSeal("the seal was changed") from wrong
    opened: dict[str, str] = json.loads(text)
    return opened


def key_id(secret: str, by: Suite | None = None) -> bytes:
    """What a seal calls the key it was made with; tells nothing about the key."""
    return bytes.fromhex((by or suite()).digest(b"gongzhi key id\n" + secret.encode()))[:_ID]


def _secret_of(wanted: bytes) -> str:
    """The present key or, for older seals, one that was put aside."""
    current = settings.HOME.secret(KEY_NAME)
    for secret in (current, *settings.HOME.older_secrets(KEY_NAME)):
        if key_id(secret) == wanted:
            return str(secret)
    raise BrokenSeal("sealed with a key that is not in this county's home")


@lru_cache(maxsize=8)
def _cipher(secret: str, by: Suite) -> Aead:
    return by.aead(by.derive(secret.encode(), _BOUND_TO))
