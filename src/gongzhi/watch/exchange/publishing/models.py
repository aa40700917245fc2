"""How far each stream has come."""

from __future__ import annotations

from django.db import models


class Publication(models.Model):
    """One stream of the catalogue. ``seq`` moves only once the broker has said that it keeps all
    entries up to there."""

    stream = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField()
    begun_at = models.DateTimeField()
    sent = models.BigIntegerField(default=0)
    """Events that the broker took, in all."""
    sent_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    """Why the last try failed; "" when it did not."""
    failures = models.PositiveIntegerField(default=0)
    """In a row."""
    again_at = models.DateTimeField(null=True)
    """Before that nothing is tried, after a failure."""
    held_until = models.DateTimeField(null=True)
    """Until when one process is publishing."""

    def __str__(self) -> str:
        return self.stream
