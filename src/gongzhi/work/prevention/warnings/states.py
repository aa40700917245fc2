"""Where a warning and its draft stand, and what may follow."""

from __future__ import annotations

from typing import Literal

Standing = Literal["draft", "active", "cancelled", "expired", "dropped"]
MAY_FOLLOW: dict[Standing, frozenset[Standing]] = {
    "draft": frozenset({"active", "dropped"}),
    "active": frozenset({"active", "cancelled", "expired"}),
    "cancelled": frozenset(),
    "expired": frozenset(),
    "dropped": frozenset(),
}
"""An expired warning is not revived: what goes on needs a new one, with a number of its own."""

Writing = Literal["writing", "waiting"]
"""A draft is being written, or waits for the second person."""
