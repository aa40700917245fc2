"""The log's tables: entries that nobody changes, signed checkpoints, cursors, turns of jobs."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One fact. ``seq`` has no gap and follows the order of the commits.

    No foreign keys: an entry outlives what it tells of. Triggers refuse UPDATE and DELETE.
    ``text`` is the canonical JSON of the event's fields, kept as text so that what was hashed is
    what is stored, on every database.
    """

    seq = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    kind = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(max_length=80)
    text = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject", "seq"], name="log_entry_subject_seq")]


class Checkpoint(models.Model):
    """A signature over the hash of one entry, and so over all before it: Ed25519 with a key of 64
    digits, SM2 with one of 66."""

    seq = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.CharField(max_length=66)
    signature = models.CharField(max_length=128)


class Cursor(models.Model):
    """How far a reader has come."""

    reader = models.CharField(max_length=80, primary_key=True)
    seq = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)


class Job(models.Model):
    """When a periodic job has its next turn, and which process may be at it until when."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    """In a row; 0 after a success."""
