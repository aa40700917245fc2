"""What the gate said of each kind, and what was foreseen by it; counts by cell, day and shift."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from django.db import models
from numpy.typing import DTypeLike, NDArray

RATES, BOUNDS, CELLS = np.dtype("<f4"), np.dtype("<u2"), np.dtype("<i8")


def packed(many: NDArray[Any], kind: DTypeLike) -> bytes:
    """Numbers as they are kept."""
    return zlib.compress(np.ascontiguousarray(many, kind).tobytes())


def unpacked(kept: bytes | memoryview, kind: DTypeLike) -> NDArray[Any]:
    """The numbers that were kept."""
    return np.frombuffer(zlib.decompress(bytes(kept)), kind)


class Judgement(models.Model):
    """One week's judgement: each kind before the gate, on the days up to `last_day`."""

    at = models.DateTimeField()
    last_day = models.DateField()
    first_day = models.DateField(null=True)
    days = models.PositiveIntegerField(default=0)
    cells = models.PositiveIntegerField(default=0)
    held_from = models.DateField(null=True)
    """The first of the days that were held back."""
    basis = models.CharField(max_length=64)
    """Of the lists, shifts and cells that it was made by: when they change, it is made anew."""
    categories = models.JSONField(default=dict)
    """By code: the verdict, the scores of every way, and by what to foretell (``recipe``)."""
    rows = models.JSONField(default=dict)
    """How many were read and counted, and how many weren't, and why."""
    audit = models.JSONField(default=dict)
    why_code = models.CharField(max_length=20, blank=True)
    """Why nothing could be said at all; empty where something could."""
    why_facts = models.JSONField(default=dict)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("-pk",)

    @property
    def says_something(self) -> bool:
        """Whether there is a kind that can be foreseen."""
        return any(one["used"] for one in self.categories.values())


class Outlook(models.Model):
    """What was foreseen of one kind for one day, the last time that was before it."""

    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="outlooks")
    category = models.CharField(max_length=40)
    day = models.DateField()
    ahead = models.PositiveSmallIntegerField()
    """So many days before; 1: on the day itself, from what was known up to the day before."""
    way = models.CharField(max_length=40)
    adopted = models.BooleanField()
    made_at = models.DateTimeField()
    shifts = models.PositiveSmallIntegerField()
    cells = models.BinaryField()
    expected = models.BinaryField()
    """By cell and shift."""
    low = models.BinaryField()
    high = models.BinaryField()
    """Nine of ten counts lie between them, both included."""
    county = models.JSONField()
    """Of each shift: expected, low and high of all cells together."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "day"], name="one_outlook_of_a_kind_and_day"
            )
        ]
        indexes = [models.Index(fields=["day"], name="outlook_by_day")]

    @property
    def cell_numbers(self) -> NDArray[np.int64]:
        """H3's numbers."""
        return unpacked(self.cells, CELLS)

    @property
    def rates(self) -> NDArray[np.float32]:
        """Calls expected, (cells, shifts)."""
        return unpacked(self.expected, RATES).reshape(-1, self.shifts)

    @property
    def bounds(self) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
        """Low and high, (cells, shifts)."""
        low, high = (
            unpacked(one, BOUNDS).reshape(-1, self.shifts) for one in (self.low, self.high)
        )
        return low, high
