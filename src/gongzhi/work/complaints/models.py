"""What a complaint has beside its matter, and from which units it is sealed."""

from __future__ import annotations

from django.db import models

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit


class Complaint(models.Model):
    """A complaint against police. Of which officer is sealed with how to reach the complainant."""

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="complaint"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    """The unit complained of; None while nobody knows."""
    about = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="+")
    """The matter in which it happened, whose code the complainant has shown."""
    happened = models.CharField(max_length=120, blank=True)
    """When, in the complainant's words."""
    wish = models.TextField(blank=True)
    number_mark = models.CharField(max_length=64, blank=True)
    """A keyed hash of the number that was named, so that whoever signs in by it is kept out.
    It tells no number, and no list is made of it."""

    def __str__(self) -> str:
        return str(self.matter)


class SealedFrom(models.Model):
    """A unit from which a complaint is hidden, with all below it: the one complained of, and those
    that had the matter in which it happened."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="sealed_from")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "unit"], name="sealed_once_from_a_unit")
        ]
