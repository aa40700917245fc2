"""What a page says and where, however its template is broken into lines."""

from __future__ import annotations

import re


def tight(page: str) -> str:
    """The page with one blank for any, and none beside the borders of its tags."""
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", page))
