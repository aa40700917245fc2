"""Posts of a unit, who holds them from when to when, grades, and since when somebody serves."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from gongzhi.base.people.models import Account, Unit
from gongzhi.work.workforce.officers.states import Grade, Line


class Post(models.Model):
    """What a unit has people for: so many ``places`` of one kind."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    line = models.CharField(max_length=12, choices=Line.choices)
    sensitive = models.BooleanField(default=False)
    """Whether it handles money, permits, exhibits or decisions that tempt: it is rotated."""
    skills = models.JSONField(default=list)
    """Codes of ``catalogue/skills`` that it needs."""
    places = models.PositiveSmallIntegerField(default=1)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    """The first day on which there is none."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="a_post_has_a_place"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")),
                name="a_post_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


class Holding(models.Model):
    """Somebody holds a post from ``since`` until the day before ``until``."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    """The first day on which it is held no more; None: for now."""
    share = models.PositiveSmallIntegerField(default=100)
    """Of somebody's working time, in percent: who has two posts divides it."""

    class Meta:
        indexes = [models.Index(fields=["account", "since"], name="posts_of_somebody")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="a_post_is_left_after_it_is_taken",
            ),
            models.CheckConstraint(condition=Q(share__range=(1, 100)), name="a_share_of_a_whole"),
        ]


class GradeHeld(models.Model):
    """A grade (警衔) and since when."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grades")
    grade = models.CharField(max_length=20, choices=Grade.choices)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "since"], name="one_grade_a_day")]


class Service(models.Model):
    """Since when somebody works, which gives the days of annual leave."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="service")
    since = models.DateField()
