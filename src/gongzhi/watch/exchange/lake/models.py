"""Facts as they stand now, and which months' files are behind them."""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """One incident or request, folded from the log. The columns are those of `schema.COLUMNS`.

    ``matter`` and ``version`` stay here: they are needed to fold further, and are never exported.
    """

    matter = models.BigIntegerField(primary_key=True)
    version = models.CharField(max_length=7)
    month = models.CharField(max_length=7)
    """``2026-11``, of ``opened_at`` in UTC: its file."""
    fact = models.CharField(max_length=16, unique=True)
    source = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    priority = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20)
    resident = models.BooleanField()
    opened_at = models.DateTimeField()
    town = models.CharField(max_length=40, blank=True)
    h7 = models.BigIntegerField(null=True)
    h8 = models.BigIntegerField(null=True)
    told = models.PositiveIntegerField(default=1)
    units = models.PositiveIntegerField(default=0)
    assigned_after = models.IntegerField(null=True)
    set_off_after = models.IntegerField(null=True)
    arrived_after = models.IntegerField(null=True)
    cleared_after = models.IntegerField(null=True)
    closed_after = models.IntegerField(null=True)
    step = models.CharField(max_length=40)
    outcome = models.CharField(max_length=80, blank=True)
    solved = models.BooleanField(null=True)
    merged = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["month", "opened_at", "fact"], name="facts_of_month")]


class Month(models.Model):
    """A month's file: up to where its facts changed, and up to where they are written."""

    month = models.CharField(max_length=7, primary_key=True)
    changed_seq = models.BigIntegerField()
    written_seq = models.BigIntegerField(default=-1)
    """Below every entry: never written."""
    rows = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the file that was written last."""
    written_at = models.DateTimeField(null=True)
