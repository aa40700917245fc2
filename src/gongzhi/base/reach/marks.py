"""What stands for an address where the address itself must not: keyed hashes."""

from __future__ import annotations

from django.conf import settings

from gongzhi.base.crypto.county import suite

KEY_NAME = "reach-marks"
"""The county's secret; whoever has the database alone can try out no numbers."""


def mark_of(scope: str, kind: str, address: str) -> str:
    """64 hexadecimal digits for a normal address in one scope.

    The same address always has the same mark in a scope, and marks of different scopes can't be
    joined without the county's key.
    """
    return _keyed("mark", scope, kind, address)


def code_hash(key: str, code: str) -> str:
    """What is kept of a code."""
    return _keyed("code", key, code)


def _keyed(*parts: str) -> str:
    secret = settings.HOME.secret(KEY_NAME).encode()
    return suite().keyed(secret, "\n".join(parts).encode()).hex()
