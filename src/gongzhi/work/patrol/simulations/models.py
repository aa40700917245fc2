"""Simulations that somebody asked for, and their repeats. About places and vehicles alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.base.people.models import Account


class Simulation(models.Model):
    """What changes, and how far the repeats have come."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("推演中")
        STOPPED = "stopped", _("已停下")
        DONE = "done", _("已完成")
        FAILED = "failed", _("做不了")

    title = models.CharField(max_length=80)
    changes = models.JSONField(default=dict)
    """As `changes.Changes` has them."""
    years = models.FloatField(default=1.0)
    repeats = models.PositiveIntegerField(default=20)
    asked_for = models.CharField(max_length=60, blank=True, db_index=True)
    """What another page asked it for, by which that page finds it again."""
    seed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    county = models.JSONField(default=dict)
    """Of the county it was begun with: what rows of the repeats stand for, what was assumed, and
    a mark, by which a county that has changed since is noticed."""
    problem = models.CharField(max_length=400, blank=True)
    """Why it can't be simulated, in words."""
    held_until = models.DateTimeField(null=True, blank=True)
    """Until then a process works on it; one that died is replaced afterwards."""
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="simulations_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(repeats__range=(2, 500)) & Q(years__gt=0), name="simulation_repeats"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def under_way(self) -> bool:
        """Whether it goes on by itself."""
        return self.state in {self.State.WAITING, self.State.RUNNING}


class Repeat(models.Model):
    """One repeat: today's county, and the changed one with the same calls."""

    simulation = models.ForeignKey(Simulation, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    base = models.JSONField()
    other = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["simulation", "number"], name="each_repeat_once")
        ]

    def __str__(self) -> str:
        return f"{self.simulation_id} {self.number}"
