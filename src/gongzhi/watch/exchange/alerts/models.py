"""Offices that warn, and what was heard from them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.people.models import Account
from gongzhi.base.places.models import Named
from gongzhi.work.prevention.warnings.models import Warning


class Source(Named):
    """An office with a feed. Only the operator of the platform adds one, on the command line."""

    code = models.SlugField(max_length=40, unique=True)
    address = models.CharField(max_length=500, blank=True)
    """Of an Atom or RSS feed of CAP, or of one CAP message; "" for what is read from files."""
    trusted = models.BooleanField(default=False)
    """Shown to residents at once, as that office's."""
    minutes = models.PositiveSmallIntegerField(default=5)
    """How often it is asked."""
    ended_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    """What it said when it was changed last, to be told back."""
    failure = models.CharField(max_length=40, blank=True)
    """Why the last try failed; "" when it did not."""


class Heard(models.Model):
    """One message from outside, as it came."""

    class State(models.TextChoices):
        """What became of it."""

        PROPOSED = "proposed", _("等人决定")
        SHOWN = "shown", _("已给居民看")
        SUPERSEDED = "superseded", _("已有更新的")
        CLOSED = "closed", _("只是解除")
        SET_ASIDE = "set_aside", _("不转发")
        LAPSED = "lapsed", _("过期未转发")
        TURNED_AWAY = "turned_away", _("没有采用")
        ELSEWHERE = "elsewhere", _("不在本县")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="heard")
    state = models.CharField(max_length=12, choices=State.choices)
    reasons = models.JSONField(default=list)
    """Why it was turned away: ``code`` or ``code:element``."""
    digest = models.CharField(max_length=64)
    """Of its bytes."""
    entry = models.CharField(max_length=64, blank=True)
    """Of the feed's entry that led here, so that it isn't fetched again."""
    sender = models.CharField(max_length=200, blank=True)
    identifier = models.CharField(max_length=200, blank=True)
    sent = models.DateTimeField(null=True)
    msg_type = models.CharField(max_length=8, blank=True)
    severity = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=200, blank=True)
    expires = models.DateTimeField(null=True)
    xml = models.TextField(blank=True)
    """Empty for what is elsewhere or too large."""
    received_at = models.DateTimeField()
    warning = models.ForeignKey(Warning, on_delete=models.PROTECT, null=True, related_name="heard")
    """Ours that shows it, or that it would change."""
    handled_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "digest"], name="one_alert_of_these_bytes")
        ]
        indexes = [
            models.Index(fields=["state", "received_at"], name="alerts_by_state"),
            models.Index(fields=["source", "identifier"], name="alerts_by_identifier"),
            models.Index(fields=["source", "entry"], name="alerts_by_entry"),
        ]

    def __str__(self) -> str:
        return self.title or self.identifier
