"""Words that could only stand for watching somebody, and where to look for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

WATCHING = {
    "face", "faces", "facial", "plate", "plates", "voice", "voiceprint", "gait", "iris", "portrait",
    "fingerprint", "biometric", "biometrics", "dna", "imei", "imsi", "mac", "device", "devices",
    "handset", "sim", "bluetooth", "wifi", "track", "tracks", "trajectory", "watchlist",
    "blacklist", "whitelist", "ethnicity", "ethnic", "religion", "politics",
}  # fmt: skip
"""Nowhere, about nobody."""
JUDGING = {
    "score", "scores", "scoring", "rank", "ranking", "risk", "risks", "suspicion", "suspect",
    "suspects", "threat", "credit", "reputation", "loyalty", "behaviour", "profile",
}  # fmt: skip
"""A place may have a risk and a forecast a score; a person has neither."""
PAIRS = re.compile(r"watch_?list|key_person|focus_person|credit_score|social_credit|id_card")


def parts(name: str) -> set[str]:
    """``{"device", "id"}`` of ``deviceId`` or ``device_id``."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return set(re.split(r"[^a-z0-9]+", snake))


def watches(name: str) -> bool:
    """Whether a thing of this name could hold what we never keep of anybody."""
    return bool(WATCHING & parts(name)) or bool(PAIRS.search(name.lower()))


def judges(name: str) -> bool:
    """Whether a thing of this name, about a person, would be a verdict on them."""
    return bool(JUDGING & parts(name))


def found(names: Iterable[str], *, about_persons: bool) -> list[str]:
    """Those of the names that must not be."""
    return [one for one in names if watches(one) or (about_persons and judges(one))]
