"""When people are away, and what they can't do for a time. Why lies sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.base.catalogue.kinds.leave_kind import LeaveKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.workforce.officers.models.written import Written
from gongzhi.work.workforce.officers.states import Cannot, LeaveState


class Leave(models.Model):
    """Leave that somebody asks for, and what was decided. Both days are part of it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="leaves")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="leaves")
    """Where they worked as they asked: its leader decides."""
    kind = SealedText()
    """In ``catalogue/leave_kinds``: sealed, for “sick” says something of somebody's health."""
    first_day = models.DateField()
    last_day = models.DateField()
    reason = SealedText(blank=True)
    state = models.CharField(max_length=10, choices=LeaveState.choices, default=LeaveState.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = SealedText(blank=True)
    """What whoever decided said to it."""
    erased_at = models.DateTimeField(null=True, blank=True)
    """When reason and answer were let go."""

    class Meta:
        indexes = [
            models.Index(fields=["account", "first_day"], name="leave_of_somebody"),
            models.Index(fields=["unit", "state"], name="leave_of_a_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="leave_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused"]) | Q(decided_at__isnull=False),
                name="leave_was_decided_by_somebody",
            ),
        ]

    @property
    def item(self) -> LeaveKind | None:
        """Its kind in the catalogue; None when the county took it away."""
        return catalogue().leave_kinds.get(self.kind)

    @property
    def title(self) -> str:
        """Its kind's name, in the active language."""
        return str(self.item.name) if self.item else self.kind


class Limit(Written):
    """What somebody can't do from ``first_day`` through ``last_day``."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="limits")
    cannot = models.CharField(max_length=12, choices=Cannot.choices)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    """None: until it is said."""
    reason = SealedText(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="a_limit_has_a_day",
            )
        ]
