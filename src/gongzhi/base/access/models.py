"""Keys for programs."""

from __future__ import annotations

from django.db import models

from gongzhi.base.people.models import Unit


class ApiKey(models.Model):
    """A program's key. Only its hash is kept; ``begins`` helps people tell keys apart."""

    name = models.CharField(max_length=80)
    begins = models.CharField(max_length=12)
    key_hash = models.CharField(max_length=64, unique=True)
    permissions = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="keys")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
