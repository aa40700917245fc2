"""Plans, the units in them, and their stops. A stop is about a node; who was in the unit, no column
knows, and after some days not even which unit it was."""

from __future__ import annotations

from datetime import datetime, timedelta

import h3.api.basic_int as h3
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.base.places.cells import as_text
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.plans.states import Away, Idle, LeftOut, PlanState, StopState

CELL = 8
"""The resolution at which the log says where a stop was."""


class Plan(models.Model):
    """Who goes where and when, in one shift. One proposal and one published plan at most."""

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=PlanState.choices, default=PlanState.PROPOSED
    )  # fmt: skip
    seed = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    """None: the platform itself, by a command."""
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+"
    )  # fmt: skip
    why = models.CharField(max_length=500, blank=True)
    """What whoever published or withdrew it says; never on the log."""
    edits = models.PositiveSmallIntegerField(default=0)
    """How often somebody has changed something by hand."""
    repaired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "begins_at"], name="plans_by_shift")]
        constraints = [
            models.UniqueConstraint(
                fields=["begins_at", "ends_at"], condition=Q(state="proposed"),
                name="one_proposal_a_shift",
            ),
            models.UniqueConstraint(
                fields=["begins_at", "ends_at"], condition=Q(state="published"),
                name="one_published_plan_a_shift",
            ),
            models.CheckConstraint(
                condition=Q(begins_at__lt=models.F("ends_at")), name="plan_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_by__isnull=False),
                name="published_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"XL-{self.pk}"

    @property
    def hours(self) -> str:
        """``08:00–20:00``"""
        begins, ends = timezone.localtime(self.begins_at), timezone.localtime(self.ends_at)
        return f"{begins:%H:%M}–{ends:%H:%M}"

    def runs(self, at: datetime) -> bool:
        """Whether crews go by it at this time."""
        return self.state == PlanState.PUBLISHED and self.begins_at <= at < self.ends_at


class PlanUnit(models.Model):
    """A unit that patrols in a plan, from where, and when. Where it really is, nobody asks here."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(ResponseUnit, on_delete=models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    post_lat = models.FloatField()
    post_lon = models.FloatField()
    """Its station or mooring, where it sets out and where it ends."""
    away = models.CharField(max_length=10, choices=Away.choices, blank=True)
    away_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    """When its stops were changed after publishing, so that its crew is told."""
    idle = models.CharField(max_length=8, choices=Idle.choices, blank=True)
    """Why the planner gave it no stop, where it gave it none."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="unit_once_in_a_plan")]


class Rest(models.Model):
    """A break that the catalogue gives a unit on its shift; no time for it is said, too."""

    crew = models.ForeignKey(PlanUnit, on_delete=models.CASCADE, related_name="rests")
    code = models.CharField(max_length=40)
    """In ``catalogue/breaks``."""
    minutes = models.PositiveSmallIntegerField()
    earliest_at = models.DateTimeField()
    latest_at = models.DateTimeField()
    """Between them it begins; later only after a call."""
    begins_at = models.DateTimeField(null=True)
    """None: there is no time for it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["crew", "code"], name="break_once_a_crew")]

    def __str__(self) -> str:
        item = catalogue().breaks.get(self.code)
        return str(item.name) if item else self.code

    @property
    def stay(self) -> timedelta:
        """How long it is."""
        return timedelta(minutes=self.minutes)

    @property
    def ends_at(self) -> datetime | None:
        """When it is over; None where there is no time for it."""
        return None if self.begins_at is None else self.begins_at + self.stay

    @property
    def late(self) -> bool:
        """Whether a call put it off beyond its hours."""
        return self.begins_at is not None and self.begins_at > self.latest_at


class Stop(models.Model):
    """One visit that a node wants in the plan's shift: planned for a unit, or left out and why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="stops")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="stops")
    nth = models.PositiveSmallIntegerField(default=1)
    """Of the visits that the node wants between the same hours."""
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    """The hours in which the visit lies."""
    minutes = models.PositiveSmallIntegerField()
    crew = models.ForeignKey(
        PlanUnit, on_delete=models.SET_NULL, null=True, blank=True, related_name="stops"
    )
    """None: left out, or forgotten after some days."""
    place = models.PositiveSmallIntegerField(default=0)
    """In the order of the unit's stops."""
    arrives_at = models.DateTimeField(null=True)
    leaves_at = models.DateTimeField(null=True)
    left_out = models.CharField(max_length=12, choices=LeftOut.choices, blank=True)
    rather = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, related_name="+")
    """Where the unit goes instead, when there is time for one of the two only."""
    pinned = models.BooleanField(default=False)
    """A person chose the unit: it stays with it when the plan is made anew."""
    state = models.CharField(
        max_length=10, choices=StopState.choices, default=StopState.PLANNED
    )  # fmt: skip
    there_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    skipped_why = models.CharField(max_length=40, blank=True)
    """Code in ``catalogue/patrol_skips``."""

    class Meta:
        indexes = [models.Index(fields=["plan", "crew", "place"], name="stops_of_crew")]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_out="") | Q(crew=None, arrives_at=None, pinned=False),
                name="left_out_by_nobody",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=models.F("closes_at")), name="stop_hours_in_order"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(there_at__isnull=False), name="left_after_being_there"
            ),
        ]

    @property
    def planned(self) -> bool:
        """Whether somebody goes there."""
        return not self.left_out

    @property
    def stay(self) -> timedelta:
        """How long a visit is."""
        return timedelta(minutes=self.minutes)

    @property
    def cell(self) -> str:
        """Its node's, of some 0.7 km², as the log has it."""
        return as_text(int(h3.cell_to_parent(self.node.h9, CELL)))

    @property
    def skip_words(self) -> str:
        """Why the crew skipped it, in the active language."""
        item = catalogue().patrol_skips.get(self.skipped_why)
        return str(item.name) if item else self.skipped_why

    def late_by(self, at: datetime) -> timedelta:
        """How far behind its plan it is; zero or less when it isn't."""
        if self.arrives_at is None or self.state != StopState.PLANNED:
            return timedelta()
        return at - self.arrives_at

    def minutes_there(self, at: datetime) -> float:
        """How long the unit was there, by what it told; no longer than its kind calls useful, so
        that a forgotten farewell counts for no more."""
        if self.there_at is None:
            return 0.0
        kind = self.node.kind
        most = max(kind.most if kind else 0, self.minutes)
        spent = ((self.left_at or at) - self.there_at) / timedelta(minutes=1)
        return min(max(spent, 0.0), float(most))
