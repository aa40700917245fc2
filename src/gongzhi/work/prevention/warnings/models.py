"""Warnings, what is being written of them, and the messages that were published."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.warning import WarningKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account

PREFIX = "YJ"
LEVELS = {
    "Extreme": _("红色"), "Severe": _("橙色"), "Moderate": _("黄色"), "Minor": _("蓝色"),
    "Unknown": _("未分级"),
}  # fmt: skip
"""CAP's severity as the four colours of warnings that everybody knows."""
GRAVITY = {"Extreme": 4, "Severe": 3, "Moderate": 2, "Minor": 1, "Unknown": 0}


class Said(models.Model):
    """What a message says, in both languages, and where it holds."""

    headline_zh = models.CharField(max_length=200)
    headline_en = models.CharField(max_length=300, blank=True)
    description_zh = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    instruction_zh = models.TextField(blank=True)
    instruction_en = models.TextField(blank=True)
    place_zh = models.CharField(max_length=300, blank=True)
    place_en = models.CharField(max_length=400, blank=True)
    urgency = models.CharField(max_length=12)
    severity = models.CharField(max_length=12)
    certainty = models.CharField(max_length=12)
    onset = models.DateTimeField(null=True, blank=True)
    expires = models.DateTimeField(null=True)
    parts = models.JSONField(default=dict)
    """Codes of areas, circles, outlines, as `shapes.Place` reads them."""
    geometry = models.TextField(blank=True)
    """All of them as one GeoJSON geometry, WGS 84; empty while nothing is chosen."""

    class Meta:
        abstract = True

    @property
    def english(self) -> bool:
        """Whether the reader reads English."""
        return (get_language() or "").startswith("en")

    def said(self, name: str) -> str:
        """``headline``, ``description``, ``instruction`` or ``place`` in the reader's language;
        in the other one where an outside office wrote in that alone."""
        zh, en = (str(getattr(self, f"{name}_{language}")) for language in ("zh", "en"))
        return (en or zh) if self.english else (zh or en)

    @property
    def headline(self) -> str:
        """In the reader's language."""
        return self.said("headline")

    @property
    def description(self) -> str:
        """In the reader's language."""
        return self.said("description")

    @property
    def instruction(self) -> str:
        """What to do, in the reader's language."""
        return self.said("instruction")

    @property
    def place(self) -> str:
        """Where, in the reader's language."""
        return self.said("place")

    @property
    def level(self) -> Any:
        """The colour's name."""
        return LEVELS.get(self.severity, LEVELS["Unknown"])

    @property
    def gravity(self) -> int:
        """4 for the gravest; to sort by."""
        return GRAVITY.get(self.severity, 0)

    @property
    def shape(self) -> dict[str, Any] | None:
        """The GeoJSON geometry."""
        found: dict[str, Any] | None = json.loads(self.geometry) if self.geometry else None
        return found


class Warning(models.Model):  # noqa: A001  (what everybody calls it; the built-in is not needed)
    """One danger from its first message to its end; one number for all messages about it."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("草稿")
        ACTIVE = "active", _("生效中")
        CANCELLED = "cancelled", _("已解除")
        EXPIRED = "expired", _("已到期")
        DROPPED = "dropped", _("已放弃")

    about = models.CharField(max_length=40)
    """Its kind's code in ``catalogue/warnings``."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    exercise = models.BooleanField(default=False)
    """Never shown to residents."""
    source = models.CharField(max_length=40, blank=True)
    """Code of the outside office whose warning it is; "" for the county's own."""
    source_zh = models.CharField(max_length=120, blank=True)
    source_en = models.CharField(max_length=160, blank=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    current = models.OneToOneField(
        "Message", on_delete=models.PROTECT, null=True, related_name="current_of"
    )
    """What holds now, or held last."""

    class Meta:
        indexes = [models.Index(fields=["state", "ended_at"], name="warnings_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "dropped"])
                | models.Q(current__isnull=False),
                name="a_warning_says_something",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, e.g. ``YJ261128-12``: local day of its beginning, id."""
        local = timezone.localtime(self.opened_at, timezone.get_default_timezone())
        return f"{PREFIX}{local:%y%m%d}-{self.pk}"

    @property
    def kind(self) -> WarningKind:
        """Its kind; the general one when a county took it away."""
        return catalogue().warnings.get(self.about) or catalogue().warnings["other"]

    @property
    def issuer(self) -> str:
        """The outside office, in the reader's language; "" for the county's own."""
        english = (get_language() or "").startswith("en")
        return (english and self.source_en) or self.source_zh


class Draft(Said):
    """What is being written: the first message of a warning, its update or its all-clear."""

    warning = models.OneToOneField(Warning, on_delete=models.CASCADE, related_name="draft")
    msg_type = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default="writing")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    """Who changed its words last: not the one who may publish a grave warning."""
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.warning} {self.msg_type}"

    @property
    def seen(self) -> str:
        """Names this very text, so that nobody publishes another one than they have read."""
        return self.changed_at.isoformat()


class Message(Said):
    """A published CAP message. Triggers of the database refuse to change or delete it."""

    warning = models.ForeignKey(Warning, on_delete=models.PROTECT, related_name="messages")
    serial = models.PositiveSmallIntegerField()
    identifier = models.CharField(max_length=120, unique=True)
    sender = models.CharField(max_length=120)
    msg_type = models.CharField(max_length=8)
    sent = models.DateTimeField()
    xml = models.TextField()
    writer = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    publisher = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    """None for what a trusted office sent."""
    emergency = models.BooleanField(default=False)
    """Published by its writer alone, because lives were at risk."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["warning", "serial"], name="one_message_of_a_serial")
        ]

    def __str__(self) -> str:
        return self.identifier

    @property
    def ends_at(self) -> datetime:
        """When it stops holding by itself."""
        assert self.expires is not None  # noqa: S101  (nothing is published without)
        return self.expires


class Endorsement(models.Model):
    """A second person looked at what was published in an emergency, afterwards."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="endorsement")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.message)
