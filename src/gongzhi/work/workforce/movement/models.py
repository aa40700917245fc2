"""Vacancies and bids, rotations and the moves they propose. What people write lies sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.workforce.movement.states import BidState, MoveState, VacancyState, Wait, Why
from gongzhi.work.workforce.officers.models import Post


class Vacancy(models.Model):
    """Places of a post that are open to everybody who can do the work."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="vacancies")
    places = models.PositiveSmallIntegerField()
    criteria = models.TextField()
    """What is asked for, published before anybody applies."""
    closes_on = models.DateField()
    """The last day to apply."""
    begins_on = models.DateField()
    state = models.CharField(max_length=10, choices=VacancyState.choices, default=VacancyState.OPEN)
    why = models.TextField(blank=True)
    """What everybody is told of the decision."""
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "closes_on"], name="vacancies_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(state="open"), name="a_post_is_open_once"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="a_vacancy_has_a_place"),
        ]

    def __str__(self) -> str:
        return str(self.post)


class Bid(models.Model):
    """Somebody applies. Who did is between them and those who decide."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="bids")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    words = SealedText(blank=True)
    state = models.CharField(max_length=10, choices=BidState.choices, default=BidState.MADE)
    at = models.DateTimeField()
    reason = SealedText(blank=True)
    """Why it was or wasn't them; theirs to read."""
    appeal = SealedText(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_due_at = models.DateTimeField(null=True, blank=True)
    answer = SealedText(blank=True)
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "account"], name="one_bid_each"),
            models.CheckConstraint(
                condition=Q(answered_at=None, upheld=None)
                | Q(answered_at__isnull=False, upheld__isnull=False, appealed_at__isnull=False),
                name="an_appeal_s_answer_says_which",
            ),
        ]


class Rotation(models.Model):
    """One reckoning of who is due and who could go where, by rules that stand beside it."""

    rules = models.JSONField()
    apart_before = models.FloatField()
    """Years by which units were from the county's mean experience, on average."""
    apart_after = models.FloatField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ProposedMove(models.Model):
    """Somebody who is due: where they could go, or why they stay this time."""

    rotation = models.ForeignKey(Rotation, on_delete=models.CASCADE, related_name="moves")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    wait = models.CharField(max_length=10, choices=Wait.choices, blank=True)
    state = models.CharField(max_length=10, choices=MoveState.choices, default=MoveState.PROPOSED)
    reason = SealedText(blank=True)
    decided_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=False, wait="") | Q(target=None) & ~Q(wait=""),
                name="a_place_or_why_there_is_none",
            )
        ]
