"""What is written into somebody's record and may turn out to be wrong: it is struck out, never
overwritten, and what stands instead names it."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText

W = TypeVar("W", bound=models.Model)


class Standing(models.Manager[W]):
    """Rows that weren't struck out."""

    def get_queryset(self) -> models.QuerySet[W]:
        """All but those."""
        return super().get_queryset().filter(struck_at=None)


class Written(models.Model):
    """One line of a record."""

    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_struck = SealedText(blank=True)
    instead = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """What was written in its place; None: nothing."""

    objects = Standing()
    every = models.Manager()  # noqa: DJ012  (ruff takes the field before it for a method)

    class Meta:
        abstract = True
