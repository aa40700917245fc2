"""The own county's name, for every page's head: remembered, so that no page waits for it.

A page that may not ask the database (an error's) gets what this process knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from django.utils.translation import get_language

from gongzhi.base.places.models import County

LOOK_AGAIN = 60.0
"""Seconds after which another process's change of the name is seen."""


@dataclass(frozen=True)
class _Names:
    zh: str
    en: str
    looked_at: float


_names = _Names("", "", float("-inf"))


def own_name(*, ask: bool = True) -> str:
    """In the reader's language; "" while nobody has described the county. ``ask`` may query."""
    if ask and monotonic() - _names.looked_at > LOOK_AGAIN:
        county = County.objects.filter(own=True).values_list("name_zh", "name_en").first()
        remember(*(county or ("", "")))
    english = (get_language() or "").startswith("en")
    return (_names.en or _names.zh) if english else _names.zh


def remember(zh: str, en: str) -> None:
    """Know it from now on; called after the county was described anew."""
    global _names  # noqa: PLW0603  (one value for the process)
    _names = _Names(zh, en, monotonic())
