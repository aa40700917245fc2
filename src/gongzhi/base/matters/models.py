"""Matters, and what people said of them. No side effects here: actions write."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongzhi.base.catalogue.kinds.procedure import Procedure, Step, Version
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account, Unit


class Matter(models.Model):
    """One number, one timeline, one owner at any moment."""

    procedure = models.CharField(max_length=40)
    version = models.CharField(max_length=7)
    step = models.CharField(max_length=40)
    category = models.CharField(max_length=40, db_index=True)
    priority = models.PositiveSmallIntegerField()
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matters")
    owner = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    bounces = models.PositiveIntegerField(default=0)
    """How often it came back to a unit that had already handed it over."""
    opened_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Whoever repeats a request with the same key gets the same matter.
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["owner_unit", "closed_at"], name="matter_desk")]
        constraints = [
            models.CheckConstraint(condition=models.Q(priority__range=(1, 4)), name="priority_1_4")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, e.g. ``SQ261124-417``: kind, local day of opening, id."""
        day = timezone.localtime(self.opened_at).strftime("%y%m%d")
        return f"{self.procedure_item.prefix}{day}-{self.pk}"

    @property
    def procedure_item(self) -> Procedure:
        """Its procedure in the catalogue."""
        return catalogue().procedures[self.procedure]

    @property
    def version_item(self) -> Version:
        """The version it began under."""
        return self.procedure_item.version(self.version)

    @property
    def step_item(self) -> Step:
        """Where it stands."""
        step = self.version_item.step(self.step)
        assert step is not None, f"{self.procedure} {self.version} lost its step {self.step}"  # noqa: S101
        return step


class Narrative(models.Model):
    """What was told, in free text: apart from the matter, so that it can be erased."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="narrative")
    words = models.TextField()
    place = models.CharField(max_length=200, blank=True)


class ShownElement(models.Model):
    """An element that a matter has shown. Text stays here and never enters the log."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="elements")
    code = models.CharField(max_length=40)
    text = models.TextField()
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "code"], name="one_element_of_a_code")
        ]


class Handover(models.Model):
    """From one owner to the next, so that a matter is never nobody's."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=40)
