"""Findings and what was said of them; and what rules remember between two entries of the log."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.checklist import Checklist
from gongzhi.base.catalogue.kinds.rule import Rule
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.watch.supervision.states import TO_ANSWER, Severity, State


class Finding(models.Model):
    """What a rule found about a matter, or about a unit's practice. It names no person."""

    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    key = models.CharField(max_length=160, unique=True)
    """Rule, subject and entry or period: the same lapse is never found twice."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="findings")
    """Whose practice it is."""
    answerer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    """Which unit must answer now."""
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    happened_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    entries = models.JSONField(default=list)
    """The numbers of the log's entries that it stands on."""
    facts = models.JSONField(default=dict)
    """Counts and dates that led to it."""
    basis_zh = models.TextField()
    basis_en = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RAISED)
    due_at = models.DateTimeField()
    """When the answer is due."""
    missed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state"], name="finding_of_unit"),
            models.Index(fields=["answerer", "state"], name="finding_to_answer"),
            models.Index(fields=["happened_at"], name="finding_by_time"),
            models.Index(
                fields=["due_at"],
                name="finding_due",
                condition=models.Q(closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it."""
        return f"JD-{self.pk}"

    @property
    def awaits_answer(self) -> bool:
        """Whether the answering unit has the word."""
        return self.state in TO_ANSWER

    @property
    def rule_item(self) -> Rule | None:
        """Its rule in the catalogue; None when the county took it away."""
        return catalogue().rules.get(self.rule)

    @property
    def title(self) -> str:
        """Its rule's name, in the active language."""
        item = self.rule_item
        return str(item.name) if item else self.rule

    @property
    def basis(self) -> str:
        """What the rule stood on when it was found."""
        return self.basis_en if (get_language() or "").startswith("en") else self.basis_zh


class FindingWords(models.Model):
    """An answer, or why it was accepted, sent back or taken higher; never on the log."""

    class Kind(models.TextChoices):
        """What the words are for."""

        ANSWER = "answer", _("答复")
        ACCEPTANCE = "acceptance", _("认可")
        RETURN = "return", _("退回")
        ESCALATION = "escalation", _("提级")

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="said")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.TextField()
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class RuleMemory(models.Model):
    """What the rules know of one subject of the log. It can be made anew from the log."""

    subject = models.CharField(max_length=80, primary_key=True)
    text = models.TextField()
    due_at = models.DateTimeField(null=True)
    """When the first thing that must follow is too late."""

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="rule_memory_due",
                condition=models.Q(due_at__isnull=False),
            )
        ]


class Tally(models.Model):
    """How often something happened in one unit in one period. It can be made anew from the log."""

    key = models.CharField(max_length=120, primary_key=True)
    rule = models.CharField(max_length=40)
    unit = models.PositiveBigIntegerField()
    period = models.DateField()
    ends_at = models.DateTimeField()
    hits = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    entries = models.TextField(default="[]")
    """The numbers of the first of the log's entries, as JSON."""
    judged = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["ends_at"],
                name="tally_to_judge",
                condition=models.Q(judged=False),
            ),
            models.Index(fields=["rule", "unit", "period"], name="tally_of_unit"),
        ]


class Draw(models.Model):
    """Closed case files drawn by lot for review. With its seed anybody can draw them again."""

    checklist = models.CharField(max_length=40)
    seed = models.PositiveBigIntegerField()
    since = models.DateField()
    until = models.DateField()
    """The last day on which a case drawn from was closed."""
    among = models.PositiveIntegerField()
    """How many there were to draw from."""
    at = models.DateTimeField()

    @property
    def item(self) -> Checklist | None:
        """Its checklist; None when the county took it away."""
        return catalogue().checklists.get(self.checklist)


class Review(models.Model):
    """One file that was drawn, and what its review came to. It judges the file, not a person."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="reviews")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    """As the how manieth it was drawn."""
    faults = models.JSONField(default=list)
    """Codes of the checklist's items that were not in order."""
    points = models.PositiveSmallIntegerField(null=True)
    of = models.PositiveSmallIntegerField()
    remarks = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "matter"], name="drawn_once_in_a_draw")
        ]


class Recording(models.Model):
    """That a deed was recorded: when, on what, with which hash, how long it is kept. The recording
    itself is not here, and nothing here plays one."""

    class Kind(models.TextChoices):
        """What recorded it."""

        BODY_CAMERA = "body_camera", _("执法记录仪")
        INTERVIEW = "interview", _("询问、讯问录音录像")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="recordings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.CharField(max_length=120)
    """On which disk or in which cabinet it lies."""
    keep_until = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "registered_at"], name="recording_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["matter", "sha256"], name="one_recording_of_a_hash"),
            models.CheckConstraint(
                condition=models.Q(ended_at__gt=models.F("begun_at")),
                name="recording_ends_after_it_begins",
            ),
        ]
