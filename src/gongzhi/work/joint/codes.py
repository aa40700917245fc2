"""The code of a signed link: the hash alone is kept, and nobody guesses one."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from django.conf import settings

from gongzhi.base.crypto.county import suite


def code_of(mark: str) -> str:
    """The code under this mark, 192 bits: the same each time it is asked for, so that the unit can
    send it again, and not to be reckoned without the county's secret."""
    secret = f"asked outside\n{settings.SECRET_KEY}".encode()
    return urlsafe_b64encode(suite().keyed(secret, mark.encode())[:24]).decode()


def hashed(code: str) -> str:
    """What is stored of a code."""
    return suite().digest(code.encode())
