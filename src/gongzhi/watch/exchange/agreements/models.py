"""Agreements, who consented, their keys, what was given, and the answers that were kept."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gongzhi.base.access.models import ApiKey
from gongzhi.base.catalogue.kinds.offer import Offer
from gongzhi.base.catalogue.kinds.question import Question
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account, Unit
from gongzhi.watch.exchange.agreements.states import Part, State


class Agreement(models.Model):
    """A unit may get these fields of one offer, or the answers to these questions."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="agreements")
    """Who gets it."""
    offer = models.CharField(max_length=40, blank=True)
    """What rows are given of; "" where only questions are answered."""
    fields = models.JSONField(default=list)
    """The names of the fields that leave; no other does."""
    questions = models.JSONField(default=list)
    """Codes of the questions that are answered."""
    purpose = models.CharField(max_length=300)
    basis = models.CharField(max_length=300)
    """The law or the duty that it rests on, in the asking unit's words."""
    until = models.DateField()
    """The last day on which anything is given."""
    budget = models.PositiveSmallIntegerField(default=20)
    """New answers in a month, at most."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)
    """Why somebody ended it before its day."""
    reminded_at = models.DateTimeField(null=True)
    """When it was said that it ends soon."""

    class Meta:
        indexes = [models.Index(fields=["state", "until"], name="agreements_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.IN_FORCE) | Q(began_at__isnull=False),
                name="agreement_in_force_has_begun",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, e.g. ``YD261130-4``."""
        day = timezone.localtime(self.asked_at, timezone.get_default_timezone())
        return f"YD{day:%y%m%d}-{self.pk}"

    @property
    def offer_item(self) -> Offer | None:
        """What rows are given of; None without one, or when the county took it away."""
        return catalogue().offers.get(self.offer)

    @property
    def question_items(self) -> list[Question]:
        """The questions that are still in the catalogue."""
        known = catalogue().questions
        return [known[code] for code in self.questions if code in known]

    @property
    def over_at(self) -> datetime:
        """The moment from which nothing is given any more."""
        return midnight(self.until + timedelta(days=1))

    def opens_at(self, at: datetime) -> bool:
        """Whether anything is given at this moment. By its day, whether a sweep came by or not."""
        return self.state == State.IN_FORCE and at < self.over_at


class Consent(models.Model):
    """Somebody who said yes or no, as the owner of the data or as its steward. No two by the same
    person."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="consents")
    part = models.CharField(max_length=8, choices=Part.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    """For which unit."""
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed = models.BooleanField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "by"], name="nobody_consents_twice_to_a_sharing"
            ),
            models.UniqueConstraint(
                fields=["agreement", "part", "unit"], name="one_consent_of_a_unit"
            ),
        ]


class BoundKey(models.Model):
    """A program's key that opens one agreement and nothing else."""

    key = models.OneToOneField(
        ApiKey, on_delete=models.CASCADE, primary_key=True, related_name="sharing"
    )
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="keys")


class Given(models.Model):
    """What was given in one day, or refused: counts, never what it was."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="given")
    day = models.DateField()
    what = models.CharField(max_length=40)
    """``rows``, or the code of a question."""
    refused = models.CharField(max_length=40, blank=True)
    """Why nothing was given; "" where something was."""
    times = models.PositiveIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "day", "what", "refused"], name="given_once_a_day_and_what"
            )
        ]


class Answer(models.Model):
    """What a question was answered for a period; given alike to everybody who asks it again."""

    question = models.CharField(max_length=40)
    form = models.CharField(max_length=16)
    """A check value of how the question was put: one that is changed is another one."""
    period = models.CharField(max_length=8)
    """``2026-10`` or ``2026-W44``."""
    told = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "form", "period"], name="a_question_is_answered_once"
            )
        ]


class Asked(models.Model):
    """An answer that an agreement has had: it costs nothing again."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="asked")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "answer"], name="an_answer_costs_once")
        ]


class Spent(models.Model):
    """How many new answers an agreement has had in a month; never more than it may."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="spent")
    month = models.CharField(max_length=7)
    many = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "month"], name="one_budget_a_month"),
            models.CheckConstraint(condition=Q(many__lte=F("most")), name="budget_not_overspent"),
        ]


def midnight(day: date) -> datetime:
    """When this day begins in the county."""
    return datetime.combine(day, time(0), timezone.get_default_timezone())
