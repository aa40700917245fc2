"""Votes, their voters' marks and their ballots: kept so that nothing tells who cast which.

Neither a mark nor a ballot is a row. Both lie in boxes of a few hundred, sorted by what is random
in them, sealed while the vote runs; so neither the order of rows nor the transaction that wrote
one says who came when. After the vote the marks are gone, the ballots are written anew, all at
once, for everybody to read, and the key that signed them is destroyed.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from gongzhi.work.proposals.ballots import YES_NO, Paper
from gongzhi.work.proposals.blind import digest_of


class Vote(models.Model):
    """One question with its options, its days and its key."""

    class Kind(models.TextChoices):
        """What may be chosen."""

        YES_NO = "yes_no", _lazy("赞成、反对、弃权")
        ONE = "one", _lazy("几个里选一个")
        SEVERAL = "several", _lazy("可以选几个")

    question = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    options = models.JSONField(default=list)
    """``[{"code": "a", "name": "…"}]``; empty where it is yes, no or abstain."""
    most = models.PositiveSmallIntegerField(default=1)
    """How many may be chosen."""
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    stopped = models.CharField(max_length=200, blank=True)
    """Why it was stopped, where it was: then nothing is counted."""
    public_key = models.BinaryField(null=True)
    """SubjectPublicKeyInfo; made when it opens, published, kept."""
    secret = models.BinaryField(null=True)
    """Sealed: the key that signs and the one that locks the boxes. Destroyed when it is counted."""
    signed = models.PositiveIntegerField(default=0)
    """How many ballots were signed; written when it is counted."""
    at_counters = models.PositiveIntegerField(default=0)
    """How many of those signed were for a paper shown at a counter; written when it is counted."""
    cast = models.PositiveIntegerField(default=0)
    """How many were cast; written when it is counted."""
    too_few = models.BooleanField(default=False)
    """Whether so few were cast that they are not shown: they would tell who thinks what."""

    class Meta:
        indexes = [models.Index(fields=["counted_at", "closes_at"], name="votes_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(counted_at__isnull=True) | models.Q(secret__isnull=True),
                name="no_key_after_the_count",
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def paper(self) -> Paper:
        """What can be chosen, as ballots know it."""
        kind = self.kind
        return Paper(f"vote-{self.pk}", kind, tuple(self.names), self.most)  # type: ignore[arg-type]

    @property
    def names(self) -> dict[str, str]:
        """Code → what the option is called, in the order in which they stand."""
        if self.kind == self.Kind.YES_NO:
            return dict(zip(YES_NO, (_("赞成"), _("反对"), _("弃权")), strict=True))
        return {one["code"]: one["name"] for one in self.options}

    @property
    def key_digest(self) -> str:
        """Of its public key; empty before it opens."""
        return digest_of(bytes(self.public_key)) if self.public_key else ""

    def runs(self, at: datetime) -> bool:
        """Whether ballots are signed and taken."""
        return self.opened_at is not None and self.counted_at is None and at < self.closes_at


class Box(models.Model):
    """Some hundred marks or ballots, sorted: sealed while the vote runs, in the clear after."""

    class Kind(models.TextChoices):
        """What lies in it."""

        MARKS = "marks", "marks"
        BALLOTS = "ballots", "ballots"
        COUNTED = "counted", "counted"

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="boxes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    low = models.CharField(max_length=64, blank=True)
    """From where on in the order what lies in it sorts."""
    many = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "kind", "low"], name="boxes_lie_apart")
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.low}"
