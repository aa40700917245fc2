"""Units that go, who is on duty with them, and where each was sent. No side effects here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County
from gongzhi.work.dispatch.states import ChoiceReason, Status, status_words


class OwnUnits(models.Manager["ResponseUnit"]):
    """The county's own units: those that can be sent, and nobody else's."""

    def get_queryset(self) -> models.QuerySet[ResponseUnit]:
        """All but those of imported sources and those that are no more."""
        return super().get_queryset().filter(county__isnull=True, retired_at__isnull=True)


class ResponseUnit(models.Model):
    """A car, a boat, a pair on foot: what can be sent. Its place is known only while on duty.

    With a `county` it is another's, and only known because past incidents name it.
    """

    class Kind(models.TextChoices):
        """What it rides in."""

        CAR = "car", _("警车")
        MOTORCYCLE = "motorcycle", _("摩托车")
        FOOT = "foot", _("步巡")
        BOAT = "boat", _("警艇")
        TRAFFIC_CAR = "traffic_car", _("交警车")
        OTHER = "other", _("其他")

    Status = Status

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=40)
    """Its call sign."""
    name_en = models.CharField(max_length=60)
    station = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="response_units")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    people = models.PositiveSmallIntegerField(default=2)
    """How many usually make it up."""
    officers = models.PositiveSmallIntegerField(default=1)
    """How many of them are police officers; the others are auxiliaries."""
    skills = models.JSONField(default=list, blank=True)
    equipment = models.JSONField(default=list, blank=True)
    """What it carries; with `skills`, codes of ``catalogue/abilities``."""
    beats = models.JSONField(default=list, blank=True)
    """Codes of the areas that it knows best."""
    vehicle = models.CharField(max_length=60, blank=True)
    """Make and model of what it rides in; never its plate."""
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    sea_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    """Of a boat: up to which sea state (Douglas scale, 0 to 9) it may go out."""
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OFF_DUTY)
    sub_status = models.CharField(max_length=40, blank=True)
    """Finer than its status, a code of ``catalogue/unit_statuses`` of the same meaning."""
    status_since = models.DateTimeField()
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    h9 = models.BigIntegerField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The imported source whose unit it is; None for the county's own."""
    retired_at = models.DateTimeField(null=True, blank=True)
    """Since when it is no more: it can't be sent, and what it did stays."""

    objects = OwnUnits()
    every = models.Manager["ResponseUnit"]()

    class Meta:
        base_manager_name = "every"  # so that a past assignment finds the unit that went
        indexes = [models.Index(fields=["status"], name="unit_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True, h9__isnull=True,
                            seen_at__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False, h9__isnull=False,
                    seen_at__isnull=False),
                name="unit_place_whole_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(status="off_duty") | Q(lat__isnull=True),
                name="no_place_off_duty",
            ),
            models.CheckConstraint(
                condition=Q(county__isnull=True) | Q(status="off_duty"),
                name="anothers_unit_never_goes",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(status="off_duty"),
                name="retired_unit_never_goes",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh

    @property
    def status_words(self) -> str:
        """What it is doing, as the county calls it."""
        return status_words(self.status, self.sub_status)

    @property
    def point(self) -> Point | None:
        """Where it was last, while on duty."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)


class DutyMember(models.Model):
    """Somebody on duty with a unit, so that their phone knows which one it speaks for."""

    unit = models.ForeignKey(ResponseUnit, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="duties")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="on_duty_with_one_unit"
            )
        ]
        indexes = [models.Index(fields=["unit", "ended_at"], name="members_of_unit")]


ACTIVE = Q(cleared_at__isnull=True, recalled_at__isnull=True)
"""Assignments that have not come to an end."""


class Assignment(models.Model):
    """A unit sent to an incident, until it is cleared or recalled."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(ResponseUnit, on_delete=models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    en_route_at = models.DateTimeField(null=True, blank=True)
    on_scene_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=40, blank=True)
    """Code of the outcome that this unit reported."""
    role = models.CharField(max_length=40, blank=True)
    """What it was sent for: the code of a want of the run card; empty: as one more."""
    expected_at = models.DateTimeField(null=True, blank=True)
    """When it should be there, as reckoned when it set off."""
    passed_over = models.ForeignKey(
        ResponseUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The unit that was clearly better by what the platform knew, when another one was sent."""
    choice_reason = models.CharField(max_length=20, choices=ChoiceReason.choices, blank=True)
    """Why, once somebody has said so. About the choice; never part of anybody's appraisal."""

    class Meta:
        constraints = [
            # Two dispatchers at once: the second one's row is refused by the database itself.
            models.UniqueConstraint(
                fields=["unit"], condition=ACTIVE, name="one_active_assignment"
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | Q(recalled_at__isnull=True),
                name="cleared_or_recalled",
            ),
        ]
        indexes = [models.Index(fields=["matter", "assigned_at"], name="assignments_of_matter")]

    @property
    def active(self) -> bool:
        """Whether it has not come to an end."""
        return self.cleared_at is None and self.recalled_at is None


class StandBy(models.Model):
    """Where a free unit is asked to stand by. The row is there while that holds, and no longer:
    where units were asked to be is no history that anybody keeps."""

    unit = models.OneToOneField(ResponseUnit, on_delete=models.CASCADE, related_name="stand_by")
    place_zh = models.CharField(max_length=200)
    place_en = models.CharField(max_length=200, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        return (self.place_en or self.place_zh) if english else self.place_zh

    @property
    def point(self) -> Point:
        """The place."""
        return Point(self.lat, self.lon)


class WayCondition(models.Model):
    """What slows or closes the ways of a place until a time, or until somebody opens them."""

    class Reason(models.TextChoices):
        """Why."""

        ACCIDENT = "accident", _("事故")
        FLOOD = "flood", _("积水、潮水")
        SLIDE = "slide", _("塌方、倒树")
        WEATHER = "weather", _("大雾、大风")
        WORKS = "works", _("施工")
        CROWD = "crowd", _("人多车多")
        STOPPED = "stopped", _("停航")
        OTHER = "other", _("其他")

    speed = models.PositiveSmallIntegerField()
    """Per cent of the usual speed that are left; 0: closed."""
    kinds = models.JSONField(default=list, blank=True)
    """Of `ResponseUnit.Kind`, whom it concerns; none named: everybody."""
    ferries = models.BooleanField(default=False)
    """It concerns the ferries there, and no road."""
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.CharField(max_length=120, blank=True)
    """What the desk should know: where one gets through, who closed it."""
    place = models.CharField(max_length=200)
    """In words."""
    geometry = models.TextField()
    """GeoJSON Polygon or MultiPolygon, WGS 84."""
    source = models.CharField(max_length=80, blank=True)
    """What it hangs on, as the log names it, when it isn't the desk's own: a warning."""
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    set_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(speed__lt=100), name="condition_slows"),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("began_at")), name="condition_lasts"
            ),
        ]
        indexes = [models.Index(fields=["until"], name="conditions_by_end")]

    def __str__(self) -> str:
        return self.place


class Alarm(models.Model):
    """How much is sent to an incident: the level that the desk raised it to. None: the first."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="alarm")
    level = models.PositiveSmallIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="alarm_level_known")
        ]


class UnitShift(models.Model):
    """When a unit is to be on duty, and who leads it then. What really was, the log says."""

    unit = models.ForeignKey(ResponseUnit, on_delete=models.PROTECT, related_name="shifts")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lead = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_at__lt=models.F("ends_at")), name="shift_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["unit", "begins_at"], name="shifts_of_unit")]


class LimitTold(models.Model):
    """That it was said, once: a unit nears a limit of its status, or is past it.

    Let go with the status that it is about; nothing is counted by it.
    """

    unit = models.ForeignKey(ResponseUnit, on_delete=models.CASCADE, related_name="limits_told")
    limit = models.CharField(max_length=40)
    late = models.BooleanField()
    since = models.DateTimeField()
    """When the status began that it is about."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "limit", "late", "since"], name="limit_told_once"
            )
        ]


class PositionDoubt(models.Model):
    """What a unit's phone said last and the desk can't believe yet. It goes with the next position
    that can be believed, with the end of duty, and when nobody has heard for long.

    Where it would be stands here only to be compared with the next one.
    """

    class Why(models.TextChoices):
        """What is wrong with it."""

        ZERO = "zero", _("报的位置是 0, 0，没有定位成功")
        OUTSIDE = "outside", _("报的位置不在本县范围内")
        UNREADABLE = "unreadable", _("报的位置不是有效的数字")
        COARSE = "coarse", _("定位误差太大")
        JUMP = "jump", _("位置一下子跳得太远")

    unit = models.OneToOneField(ResponseUnit, on_delete=models.CASCADE, related_name="doubt")
    why = models.CharField(max_length=20, choices=Why.choices)
    at = models.DateTimeField()
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    accuracy = models.FloatField(null=True, blank=True)
    """Metres."""

    @property
    def point(self) -> Point | None:
        """Where the phone said it was, where it said a place at all."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)
