"""Receipts: by whose code a resident follows a matter."""

from __future__ import annotations

from django.db import models

from gongzhi.base.matters.models import Matter


class Receipt(models.Model):
    """Given for a report. Only the code's hash is kept: the code itself is the resident's."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="receipts")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
