"""What other units do of a matter. No side effects here: actions write."""

from __future__ import annotations

from django.db import models

from gongzhi.base.matters.models.matter import Matter
from gongzhi.base.people.models import Unit


class Part(models.Model):
    """What another unit was asked to do of a matter: a matter of its own, with its own owner,
    clocks and timeline. The unit that asked leads, and answers for the whole.

    A part has no parts, so there is one lead, and no circle.
    """

    lead = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parts")
    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="part")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    """Whom the lead asked; the part's matter says who has it now."""
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["lead", "asked_at"], name="parts_of_lead")]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.matter_id}"
