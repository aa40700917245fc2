"""Health checks, of which the day alone is known, and commendations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.base.people.models import Account


class HealthCheck(models.Model):
    """That somebody's health is to be looked at, by when, and whether it was. No result: that is
    between them and their doctor, and no column here could hold it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="health_checks")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(done_on__isnull=True), name="one_check_is_due"
            )
        ]


class Commendation(models.Model):
    """What somebody was commended for."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="commendations")
    words = models.CharField(max_length=200)
    on = models.DateField()
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
