"""The code of a link by which a caller says where they are: short enough to be read out or typed,
and the hash alone is kept."""

from __future__ import annotations

from django.conf import settings

from gongzhi.base.crypto.county import suite

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that looks or sounds like another one: no i, l, o, 0, 1."""
LENGTH = 10
"""49 bits: with half an hour to live and few tries a minute, nobody guesses one."""
CODE = rf"(?P<code>[a-z0-9]{{{LENGTH}}})"


def code_of(link: int, mark: str) -> str:
    """The code of this link: the same each time, so that it can be sent again, and not to be
    reckoned without the county's secret."""
    secret = f"where a caller is\n{settings.SECRET_KEY}".encode()
    number = int.from_bytes(suite().keyed(secret, f"{link}\n{mark}".encode()), "big")
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def hashed(code: str) -> str:
    """What is stored of a code."""
    return suite().digest(code.encode())
