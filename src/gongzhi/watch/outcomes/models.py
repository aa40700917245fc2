"""What was counted, day by day. Made anew from the log and its tables whenever one likes."""

from __future__ import annotations

from django.db import models

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit


class Figure(models.Model):
    """What a measure counted on one day in one unit, town and kind of case; nobody is in it."""

    measure = models.CharField(max_length=40)
    """Its code in ``catalogue/measures``."""
    day = models.DateField()
    """The county's day on which the facts became known."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    """Which unit had the matter then; None where no unit is concerned."""
    town = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=120, blank=True)
    """Which kind of case, by what the measure's file calls its mix."""
    n = models.FloatField()
    """So many are meant, or the sum of the values,"""
    of = models.FloatField()
    """of so many."""
    values = models.JSONField(default=list)
    """Times or numbers in order of size, for medians and means; otherwise empty."""

    class Meta:
        indexes = [models.Index(fields=["measure", "day"], name="figure_by_day")]

    def __str__(self) -> str:
        return f"{self.measure} {self.day}"


class CountedDay(models.Model):
    """A day that was counted. One that isn't here is counted at the next turn."""

    day = models.DateField(primary_key=True)
    at = models.DateTimeField()
    rule = models.CharField(max_length=16)
    """What measures meant then (`counting.rule_of`): days that were counted otherwise are counted
    again."""

    def __str__(self) -> str:
        return f"{self.day}"


class Survey(models.Model):
    """A sample drawn of requests that came to their end, and what was answered: how often each
    answer was given in each kind, channel and town. No answer has a row, a time or a matter."""

    code = models.CharField(max_length=20, unique=True)
    """``2026-10``."""
    since = models.DateField()
    until = models.DateField()
    """The day after the last."""
    seed = models.PositiveBigIntegerField()
    frame = models.PositiveIntegerField()
    """How many could have been drawn."""
    drawn = models.PositiveIntegerField()
    margins = models.JSONField()
    """Of the frame, by kind, channel and town (`survey.frame.KEYS`)."""
    drawn_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    marks = models.JSONField(default=list)
    """Keyed hashes by which a second answer is known, in order of their letters, not of time."""
    cells = models.JSONField(default=dict)
    """``kind|channel|town|yes or no|stars`` → how many, in order of their letters."""
    units = models.JSONField(default=dict)
    """Unit → [how many could have been drawn, were drawn, answered, said solved, gave four or five
    stars]. Apart from the cells, so that no cell becomes smaller by it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since__lt=models.F("until"), drawn__lte=models.F("frame")),
                name="survey_is_of_something",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def running(self) -> bool:
        """Whether answers are still taken."""
        return now() < self.closes_at


class Invited(models.Model):
    """A request that was drawn. Whether it was answered stands nowhere beside it."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invited")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    """Which unit had it when it was drawn."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "matter"], name="invited_once_to_a_survey")
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.pk}"


class Target(models.Model):
    """What the county wants a measure to reach from a day on, who decided so and why. It is never
    changed: another one follows it, or it is taken back."""

    measure = models.CharField(max_length=40)
    """Its code in ``catalogue/measures``."""
    value = models.FloatField()
    """In the measure's own unit: a part of 1, seconds, a number."""
    since = models.DateField()
    decided_by = models.CharField(max_length=120)
    """A meeting or a paper, not a person."""
    why = models.TextField()
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When it was taken back; then it holds for no day, and stays in the history."""

    class Meta:
        indexes = [models.Index(fields=["measure", "since"], name="target_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "since"], condition=models.Q(ended_at__isnull=True),
                name="one_target_a_day",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.measure} {self.since}"
