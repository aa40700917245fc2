"""Rises, the days on which they were looked for, and the problems that people made of some."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.intervention import Intervention as InterventionItem
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.base.places.cells import from_text
from gongzhi.work.prevention.linking.models import Series
from gongzhi.work.prevention.problems.states import Heard, Reason, RiseState, Says, Stage


class Placed(models.Model):
    """So many of one category in some cells; a place and a time, never a person."""

    about = models.CharField(max_length=40)
    """The category's code, one that the catalogue's forecasts allow."""
    cells = models.JSONField()
    """H3 cells as text, all of one resolution, the one in the middle first."""
    town = models.CharField(max_length=40, blank=True)
    """Code of the town of the cell in the middle."""

    class Meta:
        abstract = True

    @property
    def title_of_category(self) -> str:
        """The category's name, in the active language."""
        item = catalogue().categories.get(self.about)
        return str(item.name) if item else self.about

    @property
    def icon(self) -> str:
        """The category's drawing."""
        item = catalogue().categories.get(self.about)
        return item.icon if item else "dot"


class Look(models.Model):
    """One day's look at every category that may be looked at. There is one a day."""

    day = models.DateField(unique=True)
    """The last day that was looked at."""
    categories = models.PositiveSmallIntegerField()
    allowed = models.FloatField()
    """How small a chance had to be to ring."""
    at = models.DateTimeField()


class Rise(Placed):
    """More than places and days by themselves would explain. A person says what comes of it."""

    first_day = models.DateField()
    last_day = models.DateField()
    seen = models.PositiveIntegerField()
    expected = models.FloatField()
    chance = models.FloatField()
    """How likely the best find of one look at one category is as good by chance."""
    categories = models.PositiveSmallIntegerField()
    """How many were looked at that day."""
    state = models.CharField(max_length=10, choices=RiseState.choices, default=RiseState.OPEN)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "about"], name="rise_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")), name="rise_days_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(state="dismissed", reason__gt="")
                | (~models.Q(state="dismissed") & models.Q(reason="")),
                name="a_dismissed_rise_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"YS-{self.pk}"

    @property
    def days(self) -> int:
        """How many, the first and the last included."""
        return (self.last_day - self.first_day).days + 1

    @property
    def years(self) -> float:
        """In how many years chance alone shows one as good, all categories together."""
        return 1 / (self.chance * self.categories * 365.25)


class Problem(Placed):
    """A place where the same harm comes again and again, and what is done about it."""

    rise = models.OneToOneField(Rise, on_delete=models.PROTECT, null=True, related_name="problem")
    """Which confirmed rise it was opened for; or which series; or neither: somebody saw it."""
    series = models.OneToOneField(
        Series, on_delete=models.PROTECT, null=True, related_name="problem"
    )
    ring = models.PositiveSmallIntegerField(default=2)
    """How many cells around it are watched for what moved next door."""
    around = models.JSONField(null=True, blank=True)
    """Those cells, where somebody chose them on the map; None: all of the ring."""
    title = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="problems")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.SCANNING)
    stage_at = models.DateTimeField()
    shown = models.BooleanField(default=False)
    """Whether residents can read of it and say something (`OpenWords`, `Contribution`)."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["stage", "opened_at"], name="problem_by_stage")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage="closed", closed_at__isnull=False)
                | (~models.Q(stage="closed") & models.Q(closed_at__isnull=True)),
                name="closed_when_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(rise=None) | models.Q(series=None),
                name="a_problem_has_one_origin",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it."""
        return f"FF-{self.pk}"

    @property
    def watched(self) -> frozenset[int] | None:
        """The cells around it that were chosen to be watched; None: all of the ring."""
        return None if self.around is None else frozenset(from_text(one) for one in self.around)

    @property
    def noticed(self) -> tuple[date, date] | None:
        """The first and the last day of what made people look, where that was a rise or a series:
        days that were high may have been so by chance."""
        if self.rise:
            return self.rise.first_day, self.rise.last_day
        if self.series:
            zone = timezone.get_default_timezone()
            first, last = self.series.first_at, self.series.last_at
            return timezone.localdate(first, zone), timezone.localdate(last, zone)
        return None


class ProblemWords(models.Model):
    """What was found or thought at a stage, or why it went back; never on the log."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="said")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    back = models.BooleanField(default=False)
    """Why it was sent back."""
    words = models.TextField()
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    """When somebody took the words away: they named a person, say."""

    def __str__(self) -> str:
        return f"{self.problem} {self.stage}"


class Intervention(models.Model):
    """Something that is done about a problem, by whom and from when on."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="interventions")
    code = models.CharField(max_length=40)
    """In ``catalogue/interventions``."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    done = models.BooleanField(null=True)
    """Whether it was carried out; None while nobody has said."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="intervention_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return str(self.item.name) if self.item else self.code

    @property
    def item(self) -> InterventionItem | None:
        """Its file in the catalogue; None when the county took it away."""
        return catalogue().interventions.get(self.code)

    @property
    def state(self) -> str:
        """In words."""
        if self.done is None:
            return _("待落实")
        return _("已落实") if self.done else _("没有落实")


class ComparisonArea(models.Model):
    """Where nothing was done, to compare with; a person chose it."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="comparison")
    cells = models.JSONField()
    """As a problem's."""


class OpenWords(models.Model):
    """A problem in plain words for residents, as its unit wrote it and somebody else read it. The
    latest that was published is what they see; one that isn't is a draft."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="open_words")
    title = models.CharField(max_length=80)
    seen = models.TextField()
    trying = models.TextField(blank=True)
    found = models.TextField(blank=True)
    """What came of it, once it was assessed."""
    title_en = models.CharField(max_length=120, blank=True)
    seen_en = models.TextField(blank=True)
    trying_en = models.TextField(blank=True)
    found_en = models.TextField(blank=True)
    many = models.PositiveIntegerField()
    """So many from ``since`` to ``until``, in steps of five; counted when it was written, so that
    it changes only when somebody publishes anew."""
    since = models.DateField()
    until = models.DateField()
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reviewer = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=models.Q(published_at=None), name="one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer=None) | ~models.Q(reviewer=models.F("author")),
                name="read_by_somebody_else",
            ),
        ]

    def told(self, field: str) -> str:
        """One of its texts in the active language; in Chinese where there is no other."""
        english = (get_language() or "").startswith("en") and getattr(self, f"{field}_en")
        return str(english or getattr(self, field))


class Contribution(models.Model):
    """What a resident sees, offers or suggests about an open problem. Nobody reads it before a
    person has looked; no analysis reads it ever. Without a name: there is a code for the answer."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="contributions")
    kind = models.CharField(max_length=10, choices=Says.choices)
    words = SealedText(blank=True)
    state = models.CharField(max_length=10, choices=Heard.choices, default=Heard.HELD)
    key = models.CharField(max_length=64, unique=True)
    """With the county's secret it gives the code again."""
    code_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    looked_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["problem", "state"], name="contributions_by_state")]
