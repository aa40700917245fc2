"""An officer's matter of rights, and the help that was asked for. Words lie sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.workforce.rights.states import Happened, Sort


class RightsMatter(models.Model):
    """What stands beside the matter: whose it is, what happened, and whether the head may know."""

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="rights"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    happened = models.CharField(max_length=10, choices=Happened.choices)
    words = SealedText()
    more = SealedText(blank=True)
    """What the officer added later."""
    about = SealedText(blank=True)
    """The number of the incident, case or complaint, if the officer names one."""
    shown_to_head = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.matter)


class Help(models.Model):
    """One kind of help, asked for and arranged."""

    rights = models.ForeignKey(RightsMatter, on_delete=models.CASCADE, related_name="help")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    asked_at = models.DateTimeField()
    arranged_at = models.DateTimeField(null=True, blank=True)
    arranged_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = SealedText(blank=True)
    """Who, where and when."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rights", "sort"], name="one_help_of_a_sort"),
            models.CheckConstraint(
                condition=Q(arranged_at=None) | Q(arranged_by__isnull=False),
                name="somebody_arranged_it",
            ),
        ]
