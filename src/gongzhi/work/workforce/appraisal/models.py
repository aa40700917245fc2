"""Rounds, sheets and what stands on them. A sheet is an officer's own: they read every number and
the matters behind it. There is no total, and no order of people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.appraisal import Appraisal, Grade, Item
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.workforce.appraisal.states import RoundState, Says, Sort


class Trial(models.Model):
    """A way of appraising, tried on a year that is over: what would change, nobody's numbers."""

    formula = models.CharField(max_length=40)
    mark = models.CharField(max_length=16)
    """Of its exact text: another text is another formula."""
    first = models.DateField()
    last = models.DateField()
    people = models.PositiveIntegerField()
    outcome = models.JSONField()
    """By item: how many stand where, under this and under the one in force."""
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Adoption(models.Model):
    """Since which day a formula is the county's."""

    formula = models.CharField(max_length=40)
    mark = models.CharField(max_length=16)
    since = models.DateField()
    why = models.TextField()
    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Round(models.Model):
    """One appraisal of everybody, for a span of days that is over."""

    formula = models.CharField(max_length=40)
    mark = models.CharField(max_length=16)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.READING)
    opened_at = models.DateTimeField()
    read_until = models.DateTimeField()
    """Until when officers can object."""
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "last"], name="a_span_is_appraised_once")
        ]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d} – {self.last:%Y-%m-%d}"

    @property
    def item(self) -> Appraisal | None:
        """The formula, as the catalogue has it now; None when the county took it away."""
        return catalogue().appraisals.get(self.formula)

    @property
    def title(self) -> str:
        """The year, or the days."""
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31):
            return _("%(year)s 年度考评") % {"year": self.first.year}
        return _("%(span)s 考评") % {"span": self}


class Sheet(models.Model):
    """One officer in one round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    """Where they were when the round was opened."""
    comment = SealedText(blank=True)
    """What the officer says to it."""
    proposed = models.CharField(max_length=40, blank=True)
    proposed_why = SealedText(blank=True)
    proposed_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    posted_until = models.DateTimeField(null=True, blank=True)
    """Until when the unit can read that this word is proposed; empty where it isn't published."""
    decided = models.CharField(max_length=40, blank=True)
    decided_why = SealedText(blank=True)
    decided_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "account"], name="a_sheet_each"),
            models.CheckConstraint(
                condition=Q(decided="") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="somebody_decided_it",
            ),
        ]

    @property
    def grade(self) -> Grade | None:
        """What was decided."""
        return self.round.item.grade(self.decided) if self.round.item else None

    @property
    def proposal(self) -> Grade | None:
        """What the unit's head proposes."""
        return self.round.item.grade(self.proposed) if self.round.item else None


class Figure(models.Model):
    """One number of a sheet, beside what is expected."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="figures")
    item = models.CharField(max_length=40)
    facts = models.PositiveIntegerField()
    """How many matters it is made of."""
    hit = models.FloatField()
    of = models.FloatField()
    expected = models.FloatField(null=True)
    """The share that the others reach with the same mix of work; None: nobody else did such."""
    low = models.FloatField()
    high = models.FloatField()
    """Bounds of the officer's own share, 19 times in 20."""
    says = models.CharField(max_length=8, choices=Says.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="an_item_once_a_sheet")
        ]

    @property
    def described(self) -> Item | None:
        """The item in the catalogue."""
        return self.sheet.round.item.item(self.item) if self.sheet.round.item else None

    @property
    def share(self) -> float | None:
        """The part that hit, from 0 to 1."""
        return self.hit / self.of if self.of else None


class Counted(models.Model):
    """One fact behind a number: an entry of the log, and the matter it is about."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="counted")
    item = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    """The entry of the log."""
    matter = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    hit = models.FloatField()
    of = models.FloatField()
    mix = models.CharField(max_length=120, blank=True)
    """What kind of work it was: ``category=lamp_out``."""
    left_out = models.BooleanField(default=False)
    """An objection to it was upheld."""

    class Meta:
        indexes = [models.Index(fields=["sheet", "item", "at"], name="behind_a_number")]


class Objection(models.Model):
    """An officer says that a number, or a matter behind it, is wrong."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="objections")
    item = models.CharField(max_length=40)
    counted = models.ForeignKey(
        Counted, on_delete=models.CASCADE, null=True, blank=True, related_name="objections"
    )
    words = SealedText()
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(null=True)
    answer = SealedText(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "counted"], condition=Q(answered_at=None),
                name="one_open_objection_a_matter",
            ),
            models.UniqueConstraint(
                fields=["sheet", "item"], condition=Q(answered_at=None, counted=None),
                name="one_open_objection_a_number",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, upheld=None)
                | Q(answered_at__isnull=False, upheld__isnull=False),
                name="an_answer_says_which",
            ),
        ]  # fmt: skip


class ConductNote(models.Model):
    """A commendation, or a decision on a breach, with its number."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    on = models.DateField()
    number = models.CharField(max_length=60)
    words = SealedText()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = SealedText(blank=True)


class Background(models.Model):
    """What an officer tells of themselves for one purpose: to look whether the formula treats
    groups alike. Sealed, theirs to erase; nothing points here, and only the audit opens it."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    told = models.BinaryField()
    """Sex and decade of birth, sealed."""


class Colleagues(models.Model):
    """What colleagues said of working with somebody: sums, and that somebody has answered. Which
    answer is whose stands nowhere."""

    sheet = models.OneToOneField(Sheet, on_delete=models.CASCADE, related_name="colleagues")
    sums = models.JSONField(default=dict)
    """Question → ``[yes, no]``."""
    marks = models.JSONField(default=list)
    """Keyed hashes of who has answered, sorted; gone when the round is closed."""
