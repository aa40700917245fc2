"""Nodes. About places and times: who lives or works there, no column knows."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from gongzhi.base.catalogue.kinds.node import NodeKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import Named
from gongzhi.work.patrol.nodes.states import Ended, Reason


class Node(Named):
    """A place of the gazetteer, or a small area that somebody drew, where patrols come again and
    again. A drawn one has an end."""

    sort = models.CharField(max_length=40)
    """Code of its kind in ``catalogue/nodes``."""
    place = models.CharField(max_length=80, blank=True)
    """Code in the gazetteer; empty for what was drawn."""
    cells = models.JSONField(default=list, blank=True)
    """H3 cells as text, the one in the middle first; empty for a place."""
    lat = models.FloatField()
    lon = models.FloatField()
    h9 = models.BigIntegerField()
    town = models.CharField(max_length=40, blank=True)
    """Code of the town it lies in."""
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    """How long a visit is; None: as its kind says."""
    visits = models.PositiveSmallIntegerField(null=True, blank=True)
    """How often a shift within its own hours; None: as its kind says."""
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    """Its own hours of every day; None: those of its kind."""
    reason = models.CharField(max_length=20, choices=Reason.choices)
    why = models.CharField(max_length=500, blank=True)
    """In words, for those who go there; never on the log, and gone when it ends."""
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    """Who sees to it that it is still needed; None for what came with the gazetteer."""
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    """The last day."""
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=20, choices=Ended.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ended_at", "sort"], name="nodes_standing")]
        constraints = [
            models.UniqueConstraint(
                fields=["sort", "place"], condition=Q(ended_at=None) & ~Q(place=""),
                name="one_node_of_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(place="") | Q(until__isnull=False), name="drawn_node_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="node_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(begins=None, ends=None) | Q(begins__isnull=False, ends__isnull=False),
                name="node_hours_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="node_ended_for_a_reason",
            ),
        ]  # fmt: skip

    @property
    def kind(self) -> NodeKind | None:
        """Its file in the catalogue; None when the county took it away."""
        return catalogue().nodes.get(self.sort)

    @property
    def kind_words(self) -> str:
        """Its kind's name, in the active language."""
        return str(self.kind.name) if self.kind else self.sort

    @property
    def drawn(self) -> bool:
        """Whether somebody drew it."""
        return not self.place

    @property
    def stay(self) -> int:
        """Minutes of a visit."""
        return self.minutes or (self.kind.minutes if self.kind else 12)

    @property
    def point(self) -> Point:
        """Where crews go."""
        return Point(self.lat, self.lon)

    def ends_within(self, day: date, days: int) -> bool:
        """Whether its last day comes so soon."""
        return self.until is not None and self.until < day + timedelta(days=days)
