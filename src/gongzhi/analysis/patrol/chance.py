"""Chance for the compiled search: the same seed, the same numbers, on any machine."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True, nogil=True, inline="always")
def chance(dice):  # type: ignore[no-untyped-def]
    """From 0 to below 1 (xorshift64*, Vigna 2016)."""
    x = dice[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    dice[0] = x
    return ((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@numba.njit(cache=True, nogil=True, inline="always")
def one_of(dice, many):  # type: ignore[no-untyped-def]
    """A number below so many."""
    return min(int(chance(dice) * many), many - 1)
