"""Tasks and who comes along. Nothing here weighs anybody: there are hours, told to whoever did
them, and trainings attended. Names lie sealed and are let go some time after the last task."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.base.catalogue.kinds.volunteer_task import VolunteerTask
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.base.places.coordinates import Point
from gongzhi.work.volunteering.states import Part, Reason, TaskState, Words


class Task(models.Model):
    """Something that people can do together at a place and a time."""

    kind = models.CharField(max_length=40)
    """In ``catalogue/tasks``."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="volunteer_tasks")
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    """What else the unit says of it."""
    place = models.CharField(max_length=200)
    """Where one meets."""
    lat = models.FloatField()
    lon = models.FloatField()
    h9 = models.BigIntegerField()
    town = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    training_at = models.DateTimeField(null=True, blank=True)
    """When it is shown how, by a person; None: for those who have been shown."""
    places = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=60, blank=True)
    """What it hangs on: ``problem:12``, ``proposal:3``, ``consultation:4``."""
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    thanks = models.TextField(blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "starts_at"], name="tasks_to_come")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_task_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(places__gte=2), name="nobody_goes_alone"),
        ]

    def __str__(self) -> str:
        return f"ZY-{self.pk}"

    @property
    def item(self) -> VolunteerTask | None:
        """Its kind; None when the county took it away."""
        return catalogue().tasks.get(self.kind)

    @property
    def title(self) -> str:
        """Its kind's name, in the active language."""
        return str(self.item.name) if self.item else self.kind

    @property
    def point(self) -> Point:
        """Where one meets."""
        return Point(self.lat, self.lon)

    @property
    def about(self) -> tuple[str, int] | None:
        """What it hangs on: ``("problem", 12)``."""
        sort, _colon, number = self.origin.partition(":")
        return (sort, int(number)) if number.isdecimal() else None


class Volunteer(models.Model):
    """Somebody who comes along, as they told us. Only their own code joins what they did."""

    name = SealedText(blank=True)
    phone = SealedText(blank=True)
    minor = models.BooleanField(default=False)
    guardian = SealedText(blank=True)
    guardian_phone = SealedText(blank=True)
    guardian_agreed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    """In which they are told that a task is cancelled."""
    key = models.CharField(max_length=64, unique=True)
    """With the county's secret it gives the code again."""
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minor=False) | Q(guardian_agreed_at__isnull=False),
                name="a_guardian_agreed",
            )
        ]


class SignUp(models.Model):
    """Somebody's part in a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="sign_ups")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="sign_ups")
    state = models.CharField(max_length=10, choices=Part.choices)
    made_at = models.DateTimeField()
    here_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["task", "state"], name="parts_of_a_task")]
        constraints = [
            models.UniqueConstraint(fields=["task", "volunteer"], name="signed_up_once"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(minutes=0)),
                name="hours_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}-{self.pk}"


class Attended(models.Model):
    """That a training was attended, and when; not how well."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="trainings")
    training = models.CharField(max_length=40)
    on = models.DateField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "training"], name="trained_once")
        ]


class Thanks(models.Model):
    """What a resident writes to those of a task. Sealed: people write names."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="thanks_of_residents")
    words = SealedText(blank=True)
    state = models.CharField(max_length=8, choices=Words.choices, default=Words.HELD)
    key = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
