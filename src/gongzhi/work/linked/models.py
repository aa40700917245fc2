"""Requests to partners, and every answer that came. No side effects here."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.linked.states import ENDS, OPEN, Reason, State, Via


class LinkedRequest(models.Model):
    """A partner asked to help with an incident, until it is done or won't be.

    What the desk shared in words is a message of the incident, so that it is erased with it.
    """

    State = State
    Reason = Reason

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="linked_requests")
    partner = models.CharField(max_length=40)
    """Its code in the catalogue; for a department without a file there, the unit's own."""
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="linked_requests"
    )
    """Whose accounts and programs answer; None for a partner that has neither."""
    offers = models.JSONField(default=list)
    """Codes of what is asked for."""
    way = models.CharField(max_length=10, choices=Via.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    state_since = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    contact_shared = models.BooleanField(default=False)
    photos_shared = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=3)
    """The incident's, when it was asked: the limits are those of then."""
    due_at = models.DateTimeField(null=True)
    """Until when the partner has to say yes or no and then, from its yes, to be there."""
    late_at = models.DateTimeField(null=True)
    """When it was noticed that this time had passed."""
    times_late = models.PositiveSmallIntegerField(default=0)
    """How often that was noticed, of its two times."""
    eta_at = models.DateTimeField(null=True)
    """When the partner itself means to be there."""
    accepted_at = models.DateTimeField(null=True)
    under_way_at = models.DateTimeField(null=True)
    there_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    phoned_at = models.DateTimeField(null=True)
    """When the desk last told it by phone."""
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    link_mark = models.CharField(max_length=32, blank=True)
    """What the link's code is made from, with the county's secret; it opens nothing by itself."""
    link_hash = models.CharField(max_length=64, null=True, unique=True)
    link_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "partner"],
                condition=Q(ended_at__isnull=True),
                name="asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, state__in=OPEN)
                | Q(ended_at__isnull=False, state__in=ENDS),
                name="request_ends_with_its_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REFUSED) | ~Q(reason=""), name="refused_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="linked_due",
                condition=Q(ended_at__isnull=True, late_at__isnull=True, due_at__isnull=False),
            ),
            models.Index(fields=["unit", "ended_at"], name="linked_inbox"),
        ]

    @property
    def open(self) -> bool:
        """Whether it has not come to an end."""
        return self.ended_at is None

    @property
    def waits_since(self) -> datetime:
        """When the clock that runs now began."""
        return self.asked_at if self.state == State.ASKED else self.accepted_at or self.state_since


class LinkedAnswer(models.Model):
    """One answer as it came, also one that changed nothing: what was said, how, and when."""

    request = models.ForeignKey(LinkedRequest, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=12, choices=State.choices)
    at = models.DateTimeField()
    via = models.CharField(max_length=10, choices=Via.choices)
    changed = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=64, null=True, unique=True)
    """Whoever repeats an answer with the same key is told what became of the first."""
    told = models.CharField(max_length=64, blank=True)
    """A hash of what came with the key, so that another answer isn't taken for it."""

    class Meta:
        indexes = [models.Index(fields=["request", "at"], name="answers_of_request")]
