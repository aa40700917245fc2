"""The code of a signed link: the hash alone is kept, and nobody guesses one."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from django.conf import settings

from gongzhi.base.crypto.county import suite

LENGTH = 32
"""Characters: 192 bits."""


def code_of(request: int, mark: str) -> str:
    """The code of this request under this mark: the same each time it is asked for, so that the
    desk can send it again, and not to be reckoned without the county's secret."""
    secret = f"linked response\n{settings.SECRET_KEY}".encode()
    told = suite().keyed(secret, f"{request}\n{mark}".encode())
    return urlsafe_b64encode(told[:24]).decode()


def hashed(code: str) -> str:
    """What is stored of a code."""
    return suite().digest(code.encode())
