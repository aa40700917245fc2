"""What was learnt from a past shift, at a moment of it. No side effects here: actions write."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.models import County


class Lesson(models.Model):
    """A note at a moment of a shift. Its words can be erased; that there was one stays."""

    at = models.DateTimeField()
    """The moment of the shift that it is about."""
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The imported source whose shift it is; None for the county's own."""
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="lessons"
    )
    words = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["county", "at"], name="lesson_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(words=""), name="erased_lesson_is_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
