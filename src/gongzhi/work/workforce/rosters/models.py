"""A unit's month: how many are wanted, who works when, wishes, offers, what a sick call changes."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from gongzhi.base.people.models import Account, Unit
from gongzhi.work.workforce.rosters.states import OfferState, RepairState, State, Work


class Roster(models.Model):
    """A unit's roster of a month."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rosters")
    month = models.DateField()
    """Its first day."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=0)
    """How often it was published."""
    changed = models.BooleanField(default=False)
    """Whether it differs from what was published last."""
    published_at = models.DateTimeField(null=True, blank=True)
    work = models.CharField(max_length=10, choices=Work.choices, default=Work.WAITING)
    seconds = models.PositiveSmallIntegerField(default=20)
    """How long the computer may look."""
    cost = models.PositiveIntegerField(null=True, blank=True)
    bound = models.PositiveIntegerField(default=0)
    """No roster costs less."""
    conflicts = models.JSONField(default=list)
    """Why there is none: codes and numbers, as `analysis.roster.Conflict` has them."""
    asked_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    """Until then a process works on it; one that died is replaced afterwards."""
    foreseen = models.JSONField(null=True, blank=True)
    """The forecast that was taken over, as `foreseen.Foreseen` writes it; None: none was."""
    wanted = models.JSONField(default=dict, blank=True)
    """By day and shift, how many are wanted, from the forecast and by hand; empty: the county's
    shares."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="one_roster_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_roster_begins_on_the_first"),
        ]

    @property
    def last_day(self) -> date:
        """The month's last day."""
        return (self.month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    @property
    def under_way(self) -> bool:
        """Whether the computer is at it, or will be."""
        return self.work in {Work.WAITING, Work.RUNNING}

    @property
    def gap(self) -> int | None:
        """Percent of the cost that a better roster could save at most."""
        if self.cost is None:
            return None
        return round(100 * (self.cost - self.bound) / self.cost) if self.cost else 0


class Duty(models.Model):
    """Somebody's shift on a day; an empty one is a day off that was decided."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="duties")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="roster_duties")
    day = models.DateField()
    shift = models.CharField(max_length=40, blank=True)
    """A code of ``catalogue/roster_shifts``."""
    pinned = models.BooleanField(default=False)
    """Decided by somebody: the computer leaves it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="one_shift_a_day"),
            models.CheckConstraint(
                condition=Q(pinned=True) | ~Q(shift=""), name="a_day_off_stands_where_decided"
            ),
        ]


class Edition(models.Model):
    """What was published, as it was: account, day by day the shifts."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="editions")
    version = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "version"], name="one_edition_a_version")
        ]


class Wish(models.Model):
    """A day that somebody would rather work, or not; a wish, not a claim."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="roster_wishes")
    day = models.DateField()
    shift = models.CharField(max_length=40, blank=True)
    """Empty: any."""
    on = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="one_wish_a_day")]


class Offer(models.Model):
    """A shift that somebody gives away, or exchanges for `wanted`."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="offers")
    giver = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    wanted = models.ForeignKey(
        Duty, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    """Whose holder is asked; None: whoever can, may take it."""
    taker = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(state__in=["open", "taken"]), name="one_offer_a_shift"
            )
        ]


class Repair(models.Model):
    """Somebody can't come, and what is proposed so that enough are there. Not why."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="repairs")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    changes = models.JSONField(default=list)
    """[account, day of the month from 0, shift before, shift after] of the others."""
    lost = models.JSONField(default=list)
    """[day of the month from 0, shift, pinned] that the absent one had, once it is decided."""
    missing = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=RepairState.choices, default=RepairState.PROPOSED
    )
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_repair_has_a_day"
            )
        ]


class Adjustment(models.Model):
    """So many are wanted in these hours of these days, whatever the forecast says; and why."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="adjustments")
    first_day = models.DateField()
    last_day = models.DateField()
    first_hour = models.PositiveSmallIntegerField()
    last_hour = models.PositiveSmallIntegerField()
    """Through the end of this one: from 20 to 23 is until midnight."""
    officers = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")) & Q(last_hour__gte=F("first_hour"))
                & Q(last_hour__lte=23),
                name="an_adjustment_has_an_hour",
            )
        ]  # fmt: skip


class CalendarFeed(models.Model):
    """That somebody wants their shifts in a calendar; a new mark makes a new address."""

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, primary_key=True, related_name="shift_feed"
    )
    mark = models.CharField(max_length=32)
    made_at = models.DateTimeField()
