"""What is known of a stored file. Its content lies under its hash; its matter says who may see."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SubjectKey(models.Model):
    """The key to all sealed files of one subject, a case, say; sealed with the county's own.

    Destroying it is how a subject's files are forgotten, wherever copies of them may lie.
    """

    subject = models.CharField(max_length=80, unique=True)
    """As the log names it."""
    sealed = models.BinaryField(default=b"")
    """Empty once it was destroyed."""
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.subject


class StoredFile(models.Model):
    """One file. The same plain content sent twice is two rows and one content; a sealed one is
    sealed each time anew."""

    sha256 = models.CharField(max_length=64, db_index=True)
    """Of the content in the clear: of a photo, as we encoded it ourselves."""
    thumbnail = models.CharField(max_length=64, blank=True)
    """SHA-256 of the small picture in the clear."""
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(db_index=True)
    key = models.ForeignKey(SubjectKey, on_delete=models.PROTECT, null=True, related_name="files")
    """What seals it; None for what lies in the clear, as what residents send does."""
    wrapped = models.BinaryField(default=b"")
    """The file's own key, sealed with its subject's."""
    sealed_as = models.CharField(max_length=64, blank=True, default="", db_index=True)
    """SHA-256 of the sealed bytes: where a sealed file lies in the store."""
    small_sealed_as = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(key__isnull=True, sealed_as="")
                | Q(key__isnull=False, sealed_as__gt=""),
                name="sealed_with_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"

    @property
    def names(self) -> list[str]:
        """Under which names its contents lie in the store."""
        sealed, plain = [self.sealed_as, self.small_sealed_as], [self.sha256, self.thumbnail]
        return [name for name in (plain if self.key_id is None else sealed) if name]
