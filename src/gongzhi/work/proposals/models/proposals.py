"""Proposals, who supports them (not told), what is said of them and what was promised."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.proposals.models.votes import Vote


class Proposal(models.Model):
    """What somebody proposes: its words are the matter's, its phases the matter's steps."""

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="proposal"
    )
    title = models.CharField(max_length=80)
    supported = models.PositiveIntegerField(default=0)
    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, null=True, related_name="proposal")

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """That one phone supported a proposal: a keyed hash of the proposal's own, without a time, and
    only until the proposal is costed. No phone's supports can be put together."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "mark"], name="one_support_a_phone")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}"


class Comment(models.Model):
    """What somebody says of a proposal; a unit, when it is official. Residents have no name."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    words = models.TextField()
    at = models.DateTimeField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    """Whose official answer it is; None for a resident's."""
    author = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    """By whose code its author finds it again."""

    class Meta:
        indexes = [models.Index(fields=["proposal", "at"], name="comments_of_a_proposal")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Promise(models.Model):
    """What was promised when a proposal was adopted, and until when."""

    class State(models.TextChoices):
        """How it ended."""

        OPEN = "open", _("正在做")
        KEPT = "kept", _("做到了")
        BROKEN = "broken", _("没做到")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="promises")
    words = models.CharField(max_length=120)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    told = models.TextField(blank=True)
    """How it went, in words."""
    ended_on = models.DateField(null=True)
    missed_at = models.DateTimeField(null=True)
    """When it was noted that its day had passed."""

    def __str__(self) -> str:
        return self.words

    def late(self, today: date) -> int:
        """Days after the promised one; 0 in time."""
        return max(0, ((self.ended_on or today) - self.due_on).days)
