"""Texts that were taken out of public view: by which rule, and what became of it."""

from __future__ import annotations

from django.db import models

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.work.proposals.models.proposals import Comment, Proposal


class Flag(models.Model):
    """How often people asked that a text be looked at. Not who."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, null=True, related_name="flag"
    )
    proposal = models.OneToOneField(
        Proposal, on_delete=models.CASCADE, null=True, related_name="flag"
    )
    many = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    """When somebody looked and left it."""

    def __str__(self) -> str:
        return f"{self.many}"


class Removal(models.Model):
    """One text that is not shown: the rule, the appeal, and how that was decided."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, null=True, related_name="removal"
    )
    proposal = models.OneToOneField(
        Proposal, on_delete=models.CASCADE, null=True, related_name="removal"
    )
    rule = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)
    """What the author is told besides the rule."""
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    restored = models.BooleanField(null=True)
    why = models.TextField(blank=True)
    """Of the appeal's decision, for the author."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(comment__isnull=False) ^ models.Q(proposal__isnull=False),
                name="removal_of_one_text",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("by")),
                name="appeal_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.rule

    @property
    def rule_name(self) -> str:
        """What the rule is called; its code when the county took it away."""
        rule = catalogue().moderation.get(self.rule)
        return str(rule.name) if rule else self.rule

    @property
    def hides(self) -> bool:
        """Whether the text is out of view now."""
        return not self.restored

    @property
    def waits(self) -> bool:
        """Whether its author asks for another look that nobody has taken."""
        return self.appealed_at is not None and self.decided_at is None
