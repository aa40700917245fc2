"""How often was asked and how often it helped: what was asked, and by whom, no column knows. And
articles that were written here, each version by whom and who let it go out."""

from __future__ import annotations

from django.db import models

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.consultation.states import Outcome, Standing


class Asked(models.Model):
    """Questions of one day in one language that ended the same way at the same article."""

    day = models.DateField()
    language = models.CharField(max_length=2)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    article = models.CharField(max_length=60, blank=True)
    """Code of the best one; where none answers, of the one least far off, if any."""
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "outcome", "article"], name="one_count_of_a_day"
            )
        ]


class Judged(models.Model):
    """How often readers of a day said that an article helped, or didn't."""

    day = models.DateField()
    article = models.CharField(max_length=60)
    helped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "article"], name="one_judgement_of_a_day")
        ]


class Written(models.Model):
    """An article that was written here, beside those of the catalogue: out of an answer to a
    resident, or because a counter hears a question again and again."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    """Whose answer it is."""
    matter = models.ForeignKey(Matter, on_delete=models.SET_NULL, null=True, related_name="+")
    """The request that was answered; None for what a counter hears again and again."""
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    """When a wording was last published or taken down: the search learns by it."""

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Its code among the articles."""
        return f"written_{self.pk}"


class Wording(models.Model):
    """One version of it. The words of what was not published are erased when that is decided."""

    written = models.ForeignKey(Written, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    fields = models.JSONField(default=dict)
    """As `wording.LONGEST` lists them."""
    standing = models.CharField(
        max_length=10, choices=Standing.choices, default=Standing.WAITING, db_index=True
    )
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    reviewer = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)
    """Why it was declined or taken down."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["written", "number"], name="one_wording_of_a_number"),
            models.UniqueConstraint(
                fields=["written"], condition=models.Q(standing="waiting"),
                name="one_waiting_wording",
            ),
            models.UniqueConstraint(
                fields=["written"], condition=models.Q(standing="published"),
                name="one_published_wording",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.written.code} {self.number}"

    @property
    def title(self) -> str:
        """The question that it answers; "" where its words were erased."""
        return str(self.fields.get("question_zh", ""))
