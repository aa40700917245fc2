"""Codes that somebody shows besides the password: from an app (RFC 6238), or from paper."""

from __future__ import annotations

import secrets
from datetime import datetime
from urllib.parse import quote

import pyotp
import segno
from django.utils.crypto import salted_hmac

STEP = 30
"""Seconds of one code."""
DRIFT = 1
"""Codes before and after the present one that count, too: clocks differ."""
PAPER_CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""None that looks like another."""


def new_secret() -> str:
    """160 bits for an app, as it wants them written."""
    return pyotp.random_base32(32)


def step_of(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """The half minute that this code is of, if it is later than `after` and near `at`."""
    now = int(at.timestamp()) // STEP
    app = pyotp.TOTP(secret)
    for step in range(max(now - DRIFT, after + 1), now + DRIFT + 1):
        if secrets.compare_digest(app.at(step * STEP).encode(), code.encode()):
            return step
    return None


def picture(secret: str, username: str, county: str) -> str:
    """What the app scans, as an SVG in a data address."""
    told = (
        f"otpauth://totp/{quote(county)}:{quote(username)}?secret={secret}&issuer={quote(county)}"
    )
    return segno.make(told, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff")


def in_fours(secret: str) -> str:
    """The secret to type."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def new_paper_codes() -> list[str]:
    """Codes to write down: 49 bits of chance each, ``xxxxx-xxxxx``."""
    drawn = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(PAPER_CODES)]
    return [f"{one[:5]}-{one[5:]}" for one in drawn]


def plain(code: str) -> str:
    """As typed, without what people put in between."""
    return "".join(one for one in code.lower() if one.isalnum())


def hashed_code(account: int, code: str) -> str:
    """What is kept of a code on paper: nobody with the table alone can try codes against it."""
    return salted_hmac("gongzhi recovery code", f"{account}\n{plain(code)}").hexdigest()
