"""What people can do: skills, the certificates that show them, and trainings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.base.catalogue.kinds.skill import Skill
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.workforce.officers.models.written import Written


class SkillHeld(Written):
    """A skill, or the certificate of one, from ``since`` through ``until``."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="skills")
    skill = models.CharField(max_length=40)
    """In ``catalogue/skills``."""
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    """The last day on which it holds; None: it doesn't lapse."""
    number = SealedText(blank=True)
    """What stands on the certificate."""

    class Meta:
        indexes = [models.Index(fields=["account", "skill"], name="skills_of_somebody")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_certificate_holds_a_day",
            ),
            models.UniqueConstraint(
                fields=["account", "skill", "since"],
                condition=Q(struck_at__isnull=True),
                name="a_skill_once_a_day",
            ),
        ]

    @property
    def item(self) -> Skill | None:
        """In the catalogue; None when the county took it away."""
        return catalogue().skills.get(self.skill)

    @property
    def title(self) -> str:
        """Its name, in the active language."""
        return str(self.item.name) if self.item else self.skill


class Training(Written):
    """That a training was attended; not how well."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="trainings")
    title = models.CharField(max_length=120)
    skill = models.CharField(max_length=40, blank=True)
    """What it is for, where it is for one."""
    hours = models.PositiveSmallIntegerField()
    on = models.DateField()
    """Its last day."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__range=(1, 2000)), name="a_training_lasts")
        ]
