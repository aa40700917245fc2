"""Where partners' systems want to be told, and what they have not been told yet."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from gongzhi.base.people.models import Unit


class Hook(models.Model):
    """An address of a partner's system. Only the operator of the platform adds one."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hooks")
    """Whose requests are told there."""
    address = models.CharField(max_length=500)
    form = models.CharField(max_length=10, default="structured")
    """How a CloudEvent is put on the line: all of it as the body (``structured``), or its
    attributes as headers (``binary``), which the signature does not cover."""
    sealed_secret = models.BinaryField()
    """What its messages are signed with, sealed; shown once, when it was made."""
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    """Since when nothing is sent, after a long failure; somebody has to switch it on again."""
    failing_since = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    """Why the last try failed; "" when it did not."""
    failures = models.PositiveIntegerField(default=0)
    """In a row."""
    again_at = models.DateTimeField(null=True)
    """Before that nothing is tried, after a failure."""
    told_at = models.DateTimeField(null=True)
    """When it last took something."""
    held_until = models.DateTimeField(null=True)
    """Until when one process is sending."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "address"],
                condition=Q(ended_at__isnull=True),
                name="one_hook_of_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.pk}"

    @property
    def host(self) -> str:
        """Where it lies, without what may be secret in its address."""
        return urlsplit(self.address).hostname or ""


class Delivery(models.Model):
    """One entry of the log that a hook is to be told of."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    entry = models.UUIDField()
    """The log entry's id: the receiver's idempotency key."""
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    request = models.BigIntegerField(null=True)
    """Of which request to the partner."""
    matter = models.BigIntegerField(null=True)
    """Or of which resident's request."""
    tries = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    """Why its last try failed; "" when it did not."""
    dead_at = models.DateTimeField(null=True)
    """Since when it is set aside: the receiver refused this one, again and again."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hook", "entry"], name="told_of_an_entry_once")
        ]
        indexes = [
            models.Index(
                fields=["hook", "seq"],
                name="waits_to_be_told",
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
            )
        ]
