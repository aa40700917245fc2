"""Calls for service, as each came in. No side effects here: actions write."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.models import Account


class Call(models.Model):
    """One call for service. Several may be about one incident."""

    class Channel(models.TextChoices):
        """How it came in."""

        PHONE = "phone", _("电话")
        TEXT = "text", _("短信")
        VIDEO = "video", _("视频")
        COUNTER = "counter", _("窗口")
        IMPORT = "import", _("导入")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="calls")
    """The incident."""
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.PHONE)
    taken_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    party = models.OneToOneField(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="call"
    )
    """The caller, sealed; None when nobody said who calls."""
    words = models.TextField(blank=True)
    """What this caller said."""
    joined = models.BooleanField(default=False)
    """Whether the incident was there already."""
    # Whoever repeats a call with the same key gets the same call.
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["matter", "received_at"], name="call_of_matter"),
            models.Index(fields=["taken_by", "received_at"], name="call_of_taker"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.pk}"
