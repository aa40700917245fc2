"""Addresses that somebody is proving, or has proved a moment ago. No side effects here."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from gongzhi.base.people.sealed_text import SealedText
from gongzhi.base.reach.marks import mark_of
from gongzhi.base.reach.states import Kind


class Proof(models.Model):
    """One address that one visitor says is theirs; and that it is, once they told the code.

    It hangs on nobody and on nothing, and is erased within the hour: what is to last, keeps its
    own sealed copy of the address, or a mark that says nothing.
    """

    Kind = Kind

    key = models.CharField(max_length=43, unique=True)
    """What the page keeps; nobody guesses it, and alone it proves nothing."""
    kind = models.CharField(max_length=8, choices=Kind.choices)
    address = SealedText()
    code = SealedText(blank=True)
    """Until it has been sent; then "", and only its hash is left."""
    code_hash = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    """A code: what for. The message says it."""
    language = models.CharField(max_length=10)
    """In which the message is written."""
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    """After that the code proves nothing."""
    proved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="proofs_by_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def alive(self, at: datetime) -> bool:
        """Whether its code can still be told."""
        return self.proved_at is None and at < self.until

    def mark(self, scope: str) -> str:
        """What stands for the address in `scope`: the same each time it is proved there, and not to
        be joined with the mark of another scope. Raises ValueError for what isn't proved."""
        if self.proved_at is None:
            raise ValueError("nobody has proved this address")
        return mark_of(scope, self.kind, self.address)
