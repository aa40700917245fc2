"""How often was asked and how often it helped. What was asked, and by whom, no column knows."""

from __future__ import annotations

from django.db import models

from gongzhi.work.consultation.states import Outcome


class Asked(models.Model):
    """Questions of one day in one language that ended the same way at the same article."""

    day = models.DateField()
    language = models.CharField(max_length=2)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    article = models.CharField(max_length=60, blank=True)
    """Code of the best one; empty where none fits."""
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "outcome", "article"], name="one_count_of_a_day"
            )
        ]


class Judged(models.Model):
    """How often readers of a day said that an article helped, or didn't."""

    day = models.DateField()
    article = models.CharField(max_length=60)
    helped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "article"], name="one_judgement_of_a_day")
        ]
