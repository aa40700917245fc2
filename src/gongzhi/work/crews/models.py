"""What crews' phones sent, who is asked whether all is well, and who called for help."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from gongzhi.base.catalogue.kinds.checkin import CheckIn
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.models import StoredFile
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.coordinates import Point
from gongzhi.work.crews.states import Level, Reason, State, What
from gongzhi.work.dispatch.models import Assignment, ResponseUnit


class Receipt(models.Model):
    """A report of a crew's phone, and what became of it: so that what comes twice counts once, and
    is answered alike. Kept for a while only; what it told stands elsewhere."""

    key = models.CharField(max_length=64, unique=True)
    """The phone's own name for it."""
    what = models.CharField(max_length=20, choices=What.choices)
    unit = models.ForeignKey(ResponseUnit, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    happened_at = models.DateTimeField()
    """By the phone's clock, set right."""
    told_at = models.DateTimeField(db_index=True)
    """When it reached us."""
    uncertain = models.BooleanField(default=False)
    """Whether the time was out of bounds, or two measures of the phone's clock disagreed."""
    state = models.CharField(max_length=10, choices=State.choices)
    words = models.CharField(max_length=300, blank=True)
    """Why it was refused, or what of it could not be done, as its sender was told."""


class ScenePhoto(models.Model):
    """When a photo of the scene was taken, and where, if the crew added the place."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="scene")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="scene_photos")
    taken_at = models.DateTimeField()
    uncertain = models.BooleanField(default=False)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    accuracy = models.FloatField(null=True, blank=True)
    """Metres."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
                name="photo_place_whole_or_not",
            )
        ]

    @property
    def point(self) -> Point | None:
        """Where it was taken, as far as the crew said."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)


class Watch(models.Model):
    """A crew at a scene is asked every so often whether it is well. Over with its assignment."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="watch")
    rule = models.CharField(max_length=40)
    seconds = models.PositiveIntegerField()
    due_at = models.DateTimeField(db_index=True)
    answered_at = models.DateTimeField(null=True)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.QUIET, blank=True)

    @property
    def every(self) -> timedelta:
        """Between two answers."""
        return timedelta(seconds=self.seconds)

    @property
    def rule_item(self) -> CheckIn | None:
        """The check-in of the catalogue; None when the county took it away."""
        return catalogue().checkins.get(self.rule)

    @property
    def grave_after(self) -> timedelta:
        """How long after the due time no answer is grave."""
        item = self.rule_item
        return item.grave_after if item else timedelta(minutes=5)

    def level_at(self, at: datetime) -> str:
        """How late its answer is at this time."""
        if at <= self.due_at:
            return Level.QUIET
        return Level.GRAVE if at > self.due_at + self.grave_after else Level.WARN


class Emergency(models.Model):
    """Somebody of a unit pressed for help. It stays until a person stands it down."""

    unit = models.ForeignKey(ResponseUnit, on_delete=models.PROTECT, related_name="emergencies")
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, related_name="emergencies"
    )
    """What the unit was on."""
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField()
    unanswered_at = models.DateTimeField(null=True)
    """When it was said that nobody had acknowledged it."""
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stood_down_at = models.DateTimeField(null=True)
    stood_down_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(stood_down_at__isnull=True),
                name="one_emergency_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(stood_down_at__isnull=True) | Q(acknowledged_at__isnull=False),
                name="stood_down_by_somebody_who_knew",
            ),
        ]
