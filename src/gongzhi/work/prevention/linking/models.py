"""Series of incidents and topics of requests, what belongs to them, and what a person said of it.

Nothing that was told is kept here: the words in common are read anew from the narratives whenever
a page shows them, so erasing a narrative erases them here, too.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account

PREFIX = {False: "CB", True: "RD"}


class Series(models.Model):
    """Some matters that look like one series or one cause (incidents), or are about one thing
    (requests: a topic)."""

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("等人判断")
        CONFIRMED = "confirmed", _("已确认")
        REJECTED = "rejected", _("已排除")
        LAPSED = "lapsed", _("已撤下")

    topic = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    category = models.CharField(max_length=40)
    """The commonest of its members."""
    town = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    weight = models.FloatField()
    """Bits by which its strongest bonds exceed what is needed, and more for more members; to sort
    by."""
    parts = models.JSONField(default=dict)
    """Average bits of each part of the comparison (`analysis.linkage.PARTS`)."""

    class Meta:
        indexes = [models.Index(fields=["topic", "state", "-weight"], name="series_by_weight")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, e.g. ``CB261128-12``."""
        local = timezone.localtime(self.opened_at, timezone.get_default_timezone())
        return f"{PREFIX[self.topic]}{local:%y%m%d}-{self.pk}"

    @property
    def category_item(self) -> Category | None:
        """In the catalogue; None when the county took it away."""
        return catalogue().categories.get(self.category)

    @property
    def title(self) -> str:
        """Its category's name."""
        item = self.category_item
        return str(item.name) if item else self.category


class MemberSet(models.QuerySet["Member"]):
    """Members of series."""

    def within(self) -> MemberSet:
        """Those that nobody has left out."""
        return self.filter(left_out="")


class Member(models.Model):
    """A matter in a series. ``fresh``: it came after somebody had confirmed the others.

    ``left_out``: the reason for which a person said that this one is no part of it; it stays
    known, so that it isn't taken in again.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="members")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="linked_in")
    fresh = models.BooleanField(default=False)
    left_out = models.CharField(max_length=20, blank=True)
    left_out_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    left_out_at = models.DateTimeField(null=True)

    objects = MemberSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "matter"], name="once_in_a_series")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.matter_id}"


class Verdict(models.Model):
    """What a person said of a series, why, and whether it was undone."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="verdicts")
    state = models.CharField(max_length=12)
    """``confirmed``, ``rejected``, or ``proposed`` for an undone one."""
    reason = models.CharField(max_length=20)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.series_id} {self.state}"


class Look(models.Model):
    """How far the log has been looked through: one row. A look that was interrupted is repeated."""

    news = models.BigIntegerField(default=0)
    """The last entry that can change what is linked."""
    seen = models.BigIntegerField(default=-1)
    """Up to where the last look knew of them."""
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.seen}/{self.news}"
