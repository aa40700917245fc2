"""Whom a unit asked outside, and what was told further up. No side effects here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import ClockRun, Matter, Message
from gongzhi.base.people.models import Account, Unit


class AskedOutside(models.Model):
    """A question to somebody without an account, who answers by a link: a property management, a
    contractor. Question and answer are messages of the matter, so that they are erased with it."""

    class Kind(models.TextChoices):
        """Who it is, as far as the log may know."""

        PROPERTY = "property", _("物业公司")
        CONTRACTOR = "contractor", _("施工、维修单位")
        UTILITY = "utility", _("水、电、气、通信企业")
        SHOP = "shop", _("商户、市场")
        OTHER = "other", _("其他单位")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="asked_outside")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    question = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When the unit took the link back."""
    link_mark = models.CharField(max_length=32)
    """What the link's code is made from, with the county's secret; it opens nothing by itself."""
    link_hash = models.CharField(max_length=64, unique=True)
    link_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["matter", "asked_at"], name="outside_of_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.kind}"


class Escalation(models.Model):
    """A rung of a ladder that a run has reached: told once, to a unit, not to a person."""

    run = models.ForeignKey(ClockRun, on_delete=models.CASCADE, related_name="escalations")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="escalations")
    ladder = models.CharField(max_length=40)
    rung = models.PositiveSmallIntegerField()
    tells = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="escalations")
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "ladder", "rung"], name="told_once_a_rung")
        ]
        indexes = [
            models.Index(
                fields=["unit", "at"], name="escalations_to_see",
                condition=models.Q(looked_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.ladder} {self.rung}"

    @property
    def clock_item(self) -> Clock | None:
        """The clock in the catalogue."""
        return catalogue().clocks.get(self.run.clock)


class SameThing(models.Model):
    """Requests of one unit that say the same, as found: their keys, no words. What they have in
    common is read anew from the narratives whenever a page shows it."""

    class State(models.TextChoices):
        """What became of it."""

        FOUND = "found", _("等人看")
        JOINED = "joined", _("已合并")
        APART = "apart", _("不是一件事")
        OVER = "over", _("不再像一件事")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    into = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    """The oldest."""
    keys = models.JSONField()
    size = models.PositiveIntegerField()
    category = models.CharField(max_length=40)
    town = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.FOUND)
    at = models.DateTimeField()
    """Since when it is as it is."""

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "-size"], name="same_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.size}"

    @property
    def title(self) -> str:
        """Its category's name."""
        item = catalogue().categories.get(self.category)
        return str(item.name) if item else self.category


class JoinRun(models.Model):
    """Many requests being made part of one, some hundred at a time."""

    same = models.ForeignKey(SameThing, on_delete=models.CASCADE, related_name="runs")
    into = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    keys = models.JSONField()
    total = models.PositiveIntegerField()
    gone = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["at"], name="joins_going_on", condition=models.Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.into_id}: {self.gone}/{self.total}"
