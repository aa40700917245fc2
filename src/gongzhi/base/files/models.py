"""What is known of a stored file. Its content lies under its hash; its matter says who may see."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One file. The same content sent twice is two rows and one content."""

    sha256 = models.CharField(max_length=64, db_index=True)
    """Of the stored content, which we encoded ourselves."""
    thumbnail = models.CharField(max_length=64, blank=True)
    """SHA-256 of the small picture."""
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"
