"""Talks and surveys. No table here has a key to an account, a unit or a matter: what is sealed
opens with care's own key, a talk is reached by its code, and a survey's answers are sums from the
start."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.base.catalogue.kinds.pulse import PulseForm
from gongzhi.base.catalogue.kinds.support import Support
from gongzhi.base.catalogue.load import catalogue


class Slot(models.Model):
    """A time at which somebody listens."""

    support = models.CharField(max_length=40)
    """In ``catalogue/supports``."""
    host = models.CharField(max_length=64)
    """A keyed hash of who listens."""
    starts_at = models.DateTimeField()
    where = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="care_times")]
        constraints = [
            models.UniqueConstraint(fields=["host", "starts_at"], name="care_one_time_each")
        ]

    @property
    def item(self) -> Support | None:
        """Its support in the catalogue; None when the county took it away."""
        return catalogue().supports.get(self.support)

    @property
    def title(self) -> str:
        """Its name, in the active language."""
        return str(self.item.name) if self.item else self.support


class Talk(models.Model):
    """A slot that is booked. By whom, nobody can say who has not the code; there is no time of
    booking, and the row goes some days after the talk."""

    slot = models.OneToOneField(Slot, on_delete=models.CASCADE, related_name="talk")
    code_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    """How one wants to be called, and what one wrote."""


class Pulse(models.Model):
    """A survey. While it runs, its key opens the boxes; when it is closed the key and the boxes
    go, and what may be told stays."""

    form = models.CharField(max_length=40)
    """In ``catalogue/pulses``."""
    opened_on = models.DateField()
    closes_on = models.DateField()
    """The last day on which one can answer."""
    lock = models.BinaryField(default=b"")
    """Its key, sealed with care's; empty once it is closed."""
    told = models.JSONField(default=list)
    """What may be told of it, as `selectors.pulses` has it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opened_on")), name="care_a_survey_lasts"
            )
        ]

    @property
    def item(self) -> PulseForm | None:
        """Its form in the catalogue; None when the county took it away."""
        return catalogue().pulses.get(self.form)

    @property
    def is_open(self) -> bool:
        """Whether it has a key still."""
        return bool(self.lock)


class PulseBox(models.Model):
    """The answers of one unit, added up: how often each sum came, and the marks of who answered,
    sorted. Sealed with the survey's key, and written anew as a whole each time."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="boxes")
    unit = models.CharField(max_length=40)
    """Code of the unit."""
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pulse", "unit"], name="care_one_box_each")]
