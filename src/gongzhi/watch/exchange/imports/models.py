"""How far an import has come, so that a killed one goes on where it was."""

from __future__ import annotations

from django.db import models


class ImportRun(models.Model):
    """One file read once by one mapping. Its counts move in the transactions of its batches."""

    mapping = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    """Of the file's bytes and of how many rows of it were asked for."""
    position = models.PositiveBigIntegerField(default=0)
    """How many matters' rows of the file are settled."""
    read = models.PositiveBigIntegerField(default=0)
    imported = models.PositiveBigIntegerField(default=0)
    known = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    rejected_bytes = models.PositiveBigIntegerField(default=0)
    """How long the file of rejected rows was then."""
    notes = models.JSONField(default=dict)
    """What was mended or left out, by code, and how often."""
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mapping", "digest"],
                condition=models.Q(finished_at__isnull=True),
                name="one_unfinished_import_of_a_file",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mapping} {self.position}"
