"""The id that somebody sent as text: by itself, or as the end of a matter's number."""

from __future__ import annotations

LONGEST = 15
"""Digits: what any database can hold."""


def id_in(text: str | None) -> int:
    """``417`` of "417" and of "JQ261124-417"; 0, which is nobody's id, of what has none."""
    digits = (text or "").strip().rpartition("-")[2]
    usable = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST
    return int(digits) if usable else 0
