"""Declarations, recusals, and that a report was made. What was said lies sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.workforce.integrity.states import Ground, Kind, Outcome, State


class Declaration(models.Model):
    """A gift or an interest that somebody tells of themselves."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="declarations")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = SealedText()
    yuan = models.PositiveIntegerField(null=True, blank=True)
    """About what it is worth."""
    told_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    settled_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(settled_at__isnull=False),
                name="a_declaration_is_settled_by_somebody",
            )
        ]


class Recusal(models.Model):
    """That somebody is to have no part in a matter."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="recusals")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    words = SealedText(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "matter"], condition=~Q(state="refused"),
                name="recused_once_from_a_matter",
            )
        ]  # fmt: skip


class Reminded(models.Model):
    """That somebody was told of a report that falls due, or whoever oversees them of a post that
    is to be rotated: once each."""

    reminder = models.CharField(max_length=40)
    """In ``catalogue/reminders``."""
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=24)
    """The year of a report; the holding of a post."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "account", "about"], name="reminded_once_of_a_thing"
            )
        ]


class ReportMade(models.Model):
    """That somebody made a yearly report: where it belongs, not here."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="reports_made")
    report = models.CharField(max_length=40)
    """In ``catalogue/reminders``."""
    year = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "report", "year"], name="a_report_once_a_year"
            )
        ]
