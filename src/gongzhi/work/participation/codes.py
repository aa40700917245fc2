"""Follow-up codes: short enough to copy by hand, long enough that nobody guesses one."""

from __future__ import annotations

from django.conf import settings

from gongzhi.base.crypto.county import suite

# Without 0/O, 1/I/L and U, so that a code read aloud or copied by hand arrives.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
"""30^12 codes are 58 bits."""


def code_for(idempotency_key: str) -> str:
    """The code of a report: the same for each repeat of one send, so that a lost answer can be
    asked for again, and not to be guessed without the county's secret."""
    secret = f"follow-up code\n{settings.SECRET_KEY}".encode()
    number = int.from_bytes(suite().keyed(secret, idempotency_key.encode()), "big")
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def hashed(code: str) -> str:
    """What is stored of a code; spaces, dashes and small letters make no difference."""
    plain = "".join(character for character in code.upper() if character in ALPHABET)
    return suite().digest(plain.encode())


def shown(code: str) -> str:
    """In groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))
