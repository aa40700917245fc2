"""A case beside its matter, its team, tasks and deeds. No side effects here: actions write."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.base.catalogue.kinds.deed import Deed
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.dossier.paper.filled import written_number
from gongzhi.work.participation.models import Receipt


class Case(models.Model):
    """What a matter needs besides to be a case: a number of its own, two officers, an origin."""

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, primary_key=True, related_name="case"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    """That opened it, and whose number it bears wherever it goes."""
    word = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    incident = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, related_name="led_to_cases"
    )
    lead = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="leads_cases")
    second = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="seconds_cases")
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="split_off"
    )
    manifest = models.CharField(max_length=64, blank=True)
    """The hash of its archive's manifest, once it is one."""
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "word", "year", "count"], name="one_case_of_a_number"
            ),
            models.CheckConstraint(condition=~Q(lead=F("second")), name="two_officers_are_two"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it: 听公（澜城）行立字〔2026〕12号."""
        return written_number(self.word, self.year, self.count)


class Member(models.Model):
    """Somebody of the joint team besides the two officers: often of another unit."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="in_cases")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account"], name="once_on_a_team", condition=Q(left_at=None)
            )
        ]


class Task(models.Model):
    """What one of the team is to do by when."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    words = SealedText()
    lead = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="case_tasks")
    due_at = models.DateTimeField()
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = SealedText(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["lead", "due_at"], name="task_open", condition=Q(finished_at=None))
        ]


class CaseDeed(models.Model):
    """A deed of the case, from its begin to its end."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deeds")
    code = models.CharField(max_length=40)
    party = models.ForeignKey(Party, on_delete=models.RESTRICT, null=True, related_name="deeds")
    """Whom it is about; None where it is about nobody, and of a time when nobody was named."""
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"],
                name="one_deed_at_a_time",
                condition=Q(ended_at=None, party=None),
            ),
            models.UniqueConstraint(
                fields=["case", "code", "party"],
                name="one_deed_at_a_time_each",
                condition=Q(ended_at=None, party__isnull=False),
            ),
        ]

    @property
    def item(self) -> Deed | None:
        """It as the catalogue has it; None when the county took it away."""
        return self.case.matter.version_item.deed(self.code)


class PartyReceipt(models.Model):
    """Whose code it is that follows the case."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="case_party")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="case_receipts")
