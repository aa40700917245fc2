"""By whose code a resident follows a matter, and how residents found its handling."""

from __future__ import annotations

from django.db import models

from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText


class Receipt(models.Model):
    """Given for a report. Only the code's hash is kept: the code itself is the resident's."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="receipts")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    idempotency_key = models.CharField(max_length=64, blank=True)
    """Of the form it was made for: with the county's secret it gives the code again."""
    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, null=True, blank=True, related_name="receipt"
    )
    """What a neighbour added who joined; None for the one who reported first."""

    @property
    def joined(self) -> bool:
        """Whether it is a neighbour's, who joined what another had reported."""
        return self.message_id is not None


class Rating(models.Model):
    """How one resident found the handling of a matter. It rates no person, and ranks none."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="stars_1_5")
        ]


class Thanks(models.Model):
    """What a resident says to those who helped. It is theirs to read: no number is made of it, and
    nobody else's page has its words."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="thanks")
    helpers = models.ManyToManyField(Account, related_name="+")
    """Who had a hand in the answer, as the log has it when it was said."""
    words = SealedText()
    """Gone once the resident has their words erased."""
    at = models.DateTimeField()


class JudgedSuggestion(models.Model):
    """What was suggested for a request and which category a person gave it: codes only. Counted,
    so that anybody can see how often suggestions are right."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="suggestion")
    suggested = models.CharField(max_length=40)
    chosen = models.CharField(max_length=40)
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="suggestions_by_time")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.suggested} → {self.chosen}"
