"""Matters, what was told of them, and who has to do with them. No side effects here."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.kinds.procedure import Procedure, Step, Version
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.ordinals import called
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County


class Matter(models.Model):
    """One number, one timeline, one owner at any moment."""

    procedure = models.CharField(max_length=40)
    version = models.CharField(max_length=7)
    step = models.CharField(max_length=40)
    stepped_at = models.DateTimeField()
    """Since when it stands at its step."""
    category = models.CharField(max_length=40)
    priority = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20, default="web")
    """How it came in: web, phone, text, video, counter, hotline, grid, open311, import."""
    answers = models.JSONField(default=dict, blank=True)
    """Answers to the category's questions: codes and numbers, never free text."""
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matters")
    owner = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    bounces = models.PositiveIntegerField(default=0)
    """How often it came back to a unit that had already handed it over."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # Whoever repeats a request with the same key gets the same matter.
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)

    county = models.ForeignKey(
        County, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    """The imported source it belongs to; None for the county's own."""
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    accuracy = models.PositiveIntegerField(null=True, blank=True)
    """Metres, as far as the source knows."""
    h7 = models.BigIntegerField(null=True, blank=True)
    h9 = models.BigIntegerField(null=True, blank=True)
    town = models.CharField(max_length=40, blank=True)
    beat = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_unit", "closed_at"], name="matter_desk"),
            models.Index(
                fields=["procedure", "priority", "opened_at"],
                name="matter_own_open",
                condition=models.Q(closed_at__isnull=True, county__isnull=True),
            ),
            # With the county, so that a large import makes the county's own lists no slower.
            models.Index(fields=["procedure", "county", "opened_at"], name="matter_by_time"),
            models.Index(fields=["h9", "opened_at"], name="matter_near"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(priority__range=(1, 4)), name="priority_1_4"),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True, h9__isnull=True)
                | models.Q(lat__isnull=False, lon__isnull=False, h9__isnull=False),
                name="place_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, e.g. ``SQ261124-417``: kind, local day of opening, id."""
        # By this county's calendar also where a page tells another's time: one number for ever.
        zone = timezone.get_default_timezone()
        day = timezone.localtime(self.opened_at, zone).strftime("%y%m%d")
        return f"{self.procedure_item.prefix}{day}-{self.pk}"

    @property
    def point(self) -> Point | None:
        """Where it is, as far as anybody said."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)

    @property
    def category_item(self) -> Category | None:
        """Its category in the catalogue; None when the county took it away."""
        return catalogue().categories.get(self.category)

    @property
    def title(self) -> str:
        """Its category's name, in the active language."""
        item = self.category_item
        return str(item.name) if item else self.category

    @property
    def procedure_item(self) -> Procedure:
        """Its procedure in the catalogue."""
        return catalogue().procedures[self.procedure]

    @property
    def version_item(self) -> Version:
        """The version it began under."""
        return self.procedure_item.version(self.version)

    @property
    def step_item(self) -> Step:
        """Where it stands."""
        step = self.version_item.step(self.step)
        assert step is not None, f"{self.procedure} {self.version} lost its step {self.step}"  # noqa: S101
        return step


class Narrative(models.Model):
    """What was told, in free text: apart from the matter, so that it can be erased."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="narrative")
    words = models.TextField()
    place = models.CharField(max_length=200, blank=True)


class Party(models.Model):
    """Somebody who has to do with a matter; who that is, is sealed."""

    class Role(models.TextChoices):
        """As what."""

        REPORTER = "reporter", _("反映人")
        CALLER = "caller", _("报警人")
        SUSPECT = "suspect", _("违法犯罪嫌疑人")
        VICTIM = "victim", _("被侵害人、被害人")
        WITNESS = "witness", _("证人")
        GUARDIAN = "guardian", _("监护人、法定代理人")
        COUNSEL = "counsel", _("律师、辩护人")
        COMPLAINANT = "complainant", _("控告人、举报人")
        APPLICANT = "applicant", _("申请人")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parties")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="party")
    role = models.CharField(max_length=20, choices=Role.choices)
    number = models.PositiveSmallIntegerField(default=1)
    """The how-manieth of this role in the matter; it stays when others come or go."""

    @property
    def label(self) -> str:
        """嫌疑人甲 / Suspect 1: as pages, lists and findings call them, never by name."""
        return called(self.role, self.number)
