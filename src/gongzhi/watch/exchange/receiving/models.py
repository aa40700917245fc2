"""How each source stands, what it delivered, and how its texts are read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.people.models import Account


class Line(models.Model):
    """A connector of the catalogue, as it goes."""

    connector = models.CharField(max_length=40, primary_key=True)
    begun_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    """When rows came last, new or not."""
    reached = models.DateTimeField(null=True)
    """Up to when everything was fetched: the next span begins there."""
    failing_since = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    silent_since = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    held_until = models.DateTimeField(null=True)
    """Until when one process is at it."""

    def __str__(self) -> str:
        return self.connector


class Batch(models.Model):
    """One delivery: a file, an answer, a span of days."""

    class State(models.TextChoices):
        """What became of it."""

        READING = "reading", _("正在读")
        STOPPED = "stopped", _("停下了")
        HELD = "held", _("等人决定")
        LOADED = "loaded", _("已收")
        TURNED_AWAY = "turned_away", _("没有收")

    connector = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices, default=State.READING)
    name = models.CharField(max_length=200, blank=True)
    """Of the file."""
    mark = models.CharField(max_length=200, blank=True)
    """What tells this delivery from others before it is read: a digest, or size and time."""
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    """The span that was asked for."""
    backfill = models.BooleanField(default=False)
    """Whether somebody asked for a span of the past."""
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    pieces = models.PositiveIntegerField(default=0)
    cursor = models.TextField(blank=True)
    """Where the next piece begins, for sources that have such a thing."""
    stopping = models.BooleanField(default=False)
    """Somebody wants it to stop at the next piece."""
    staged = models.BooleanField(default=True)
    """Whether what was received still lies there, to be replayed."""
    read = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    newest = models.DateTimeField(null=True)
    reasons = models.JSONField(default=list)
    """Why it is held as a whole."""
    revision = models.PositiveIntegerField(default=0)
    """How often it was judged; part of the names of its files."""
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["connector", "state", "-id"], name="batches_of_a_source"),
            models.Index(fields=["state", "began_at"], name="batches_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.connector} {self.pk}"


class Reading(models.Model):
    """How a source's text is read, when somebody has decided it: before the contract's table."""

    connector = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    said = models.CharField(max_length=200)
    means = models.CharField(max_length=200)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connector", "field", "said"], name="one_reading_of_a_text"
            )
        ]
