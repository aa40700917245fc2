"""A command lane and what stands in it. Words are sealed; no side effects here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.command.states import Post, Presence, Progress, Sort, Stand
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.linked.models import LinkedRequest


class Lane(models.Model):
    """One command for a large incident, or for several that belong together."""

    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    no_lessons = models.BooleanField(default=False)
    """At its end somebody said that there was nothing to learn."""
    matters = models.ManyToManyField(Matter, through="LaneIncident", related_name="lanes")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, e.g. ``ZH261128-3``."""
        day = timezone.localtime(self.opened_at, timezone.get_default_timezone())
        return f"ZH{day:%y%m%d}-{self.pk}"

    @property
    def open(self) -> bool:
        """Whether it still commands."""
        return self.closed_at is None


class LaneIncident(models.Model):
    """An incident that a lane commands; the first is the one it was opened for."""

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="incidents")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="lane_incidents")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "matter"], name="once_in_a_lane")]


class Objective(models.Model):
    """What is to be reached."""

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="objectives")
    words = SealedText()
    state = models.CharField(max_length=10, choices=Progress.choices, default=Progress.OPEN)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class PostHolder(models.Model):
    """Who holds a post, from when until when: a member of staff, or a unit as a whole."""

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="holders")
    post = models.CharField(max_length=20, choices=Post.choices)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "post"], condition=Q(ended_at__isnull=True), name="one_on_a_post"
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(unit__isnull=False), name="post_has_a_holder"
            ),
        ]

    @property
    def who(self) -> str:
        """The holder's name."""
        return str(self.account or self.unit)


class RollCall(models.Model):
    """A round in which everybody says that they are there."""

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="rolls")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lane"], condition=Q(ended_at__isnull=True), name="one_roll_at_a_time"
            )
        ]


class RollAnswer(models.Model):
    """One of those who are asked: a post, a response unit, or a partner."""

    roll = models.ForeignKey(RollCall, on_delete=models.CASCADE, related_name="answers")
    holder = models.ForeignKey(PostHolder, on_delete=models.CASCADE, null=True, related_name="+")
    crew = models.ForeignKey(
        ResponseUnit, on_delete=models.CASCADE, null=True, related_name="roll_answers"
    )
    partner = models.ForeignKey(
        LinkedRequest, on_delete=models.CASCADE, null=True, related_name="roll_answers"
    )
    said = models.CharField(max_length=10, choices=Presence.choices, blank=True)
    words = SealedText(blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(said="", answered_at__isnull=True)
                | Q(said__in=Presence.values, answered_at__isnull=False),
                name="said_and_when",
            )
        ]


class Resource(models.Model):
    """A shelter, a boat, supplies: asked for, there, released."""

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="resources")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    name = SealedText()
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=Stand.choices, default=Stand.ASKED)
    asked_at = models.DateTimeField()
    there_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)


class LogLine(models.Model):
    """What happened, in words. It is only added to: a correction is another line."""

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField()
    author = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    words = SealedText()


class Lesson(models.Model):
    """Something to do better, by which unit and until when."""

    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="lessons")
    words = SealedText()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    stated_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
