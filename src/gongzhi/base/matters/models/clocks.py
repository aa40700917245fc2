"""Runs of clocks, and what lengthened them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar.counting import Counting
from gongzhi.base.calendar.due import Due
from gongzhi.base.calendar.periods import Period
from gongzhi.base.calendar.sentences import in_words
from gongzhi.base.calendar.steps import steps_as_json, steps_from_json
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.kinds.clock_parts import Extends
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models.matter import Matter, Party
from gongzhi.base.people.models import Account
from gongzhi.base.ui.spans import moment


class ClockRun(models.Model):
    """One run of a clock: when it began, when it is due, by which sum, and how it ended.

    It is written in the transaction of the event that moves it. Counting, sum and citation are
    kept as they were at that moment, so a later edit of the catalogue changes no old matter.
    The matters of an imported source have none but the date that the source itself gave
    (`clocks.sources`).
    """

    class Outcome(models.TextChoices):
        """How it ended."""

        MET = "met", _("按时办结")
        MISSED = "missed", _("超时办结")
        LAPSED = "lapsed", _("不再计时")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="clocks")
    clock = models.CharField(max_length=40)
    """Its code in the catalogue."""
    party = models.ForeignKey(Party, on_delete=models.RESTRICT, null=True, related_name="clocks")
    """Whose it is, where it limits or concerns one person; None for the matter as a whole."""
    law = models.BooleanField()
    """Whether it is law; otherwise a promise."""
    basis_zh = models.TextField()
    basis_en = models.TextField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """None while it is held, and for what is never late."""
    opens_at = models.DateTimeField(null=True)
    """The end of what is never late: from then on it may be done, or is to be deleted."""
    warn_at = models.DateTimeField(null=True)
    """When to warn next; None when there is nothing more to warn of."""
    missed_at = models.DateTimeField(null=True)
    """When it was noticed that the time had passed."""
    stopped_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    """Empty while it runs."""
    provisional = models.BooleanField(default=False)
    """It rests on days that no calendar knows yet."""
    counting = models.JSONField()
    """What was counted (`calendar.counting`): enough to count again."""
    steps = models.JSONField()
    """The sum, step by step (`calendar.steps`)."""

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="clock_due",
                condition=models.Q(stopped_at__isnull=True, missed_at__isnull=True),
            ),
            # Late and still running: the sweep has told of them, and lists of what is due have
            # them. Apart from the others, so that the sweep never reads through them.
            models.Index(
                fields=["due_at"],
                name="clock_missed",
                condition=models.Q(stopped_at__isnull=True, missed_at__isnull=False),
            ),
            models.Index(
                fields=["opens_at"],
                name="clock_opens",
                condition=models.Q(stopped_at__isnull=True, opens_at__isnull=False),
            ),
            models.Index(
                fields=["warn_at"],
                name="clock_warn",
                condition=models.Q(warn_at__isnull=False),
            ),
            models.Index(
                fields=["due_at"],
                name="clock_provisional",
                condition=models.Q(stopped_at__isnull=True, provisional=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "clock"],
                name="one_run_of_a_clock",
                condition=models.Q(stopped_at__isnull=True, party__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["matter", "clock", "party"],
                name="one_run_of_a_clock_each",
                condition=models.Q(stopped_at__isnull=True, party__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True, outcome="")
                | models.Q(stopped_at__gte=models.F("started_at"), outcome__gt=""),
                name="clock_stops_after_it_starts",
            ),
        ]

    @property
    def clock_item(self) -> Clock | None:
        """Its clock in the catalogue; None when the county took it away."""
        return catalogue().clocks.get(self.clock)

    @property
    def leaves_journeys_out(self) -> bool:
        """Whether the law leaves time on the way out of it; never where it is liberty."""
        item = self.clock_item
        if item is None or item.regime == "civil" or item.custody:
            return False
        return item.authority == "law" and item.kind == "deadline"

    @property
    def next_extension(self) -> Extends | None:
        """What can be granted next; None when the law grants no more."""
        granted = len(self.due.counting.extended_by)
        ladder = self.clock_item.ladder if self.clock_item else ()
        return ladder[granted] if granted < len(ladder) else None

    @property
    def extension_article(self) -> str:
        """Statute and article by which the next extension is granted; empty when there is none."""
        item, extension = self.clock_item, self.next_extension
        return str(item.article_of(extension)) if item and extension else ""

    @property
    def due(self) -> Due:
        """The counting with its result, as it was reckoned."""
        return Due(
            self.due_at or self.opens_at,
            self.provisional,
            steps_from_json(self.steps),
            Counting.from_json(self.counting),
        )

    @due.setter
    def due(self, due: Due) -> None:
        item = self.clock_item
        opens = self.opens_at is not None or (item is not None and item.never_late)
        self.due_at, self.opens_at = (None, due.at) if opens else (due.at, None)
        self.provisional = due.provisional
        self.counting, self.steps = due.counting.as_json(), steps_as_json(due.steps)


class ClockChange(models.Model):
    """More time for a run: what was granted or spent on the way, by whom, why and by which
    article. The log says that it was; the words stand here."""

    run = models.ForeignKey(ClockRun, on_delete=models.CASCADE, related_name="changes")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=20, blank=True)
    """How much was granted, as a period; empty for a journey."""
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    reason = models.TextField()
    basis_zh = models.TextField(blank=True)
    basis_en = models.TextField(blank=True)

    @property
    def said(self) -> str:
        """What was granted or left out, in words."""
        if self.by:
            return gettext("延长 %(by)s") % {"by": in_words(Period.parse(self.by))}
        since, until = (moment(at) if at else "" for at in (self.since, self.until))
        return gettext("扣除在途时间：%(since)s至%(until)s") % {"since": since, "until": until}

    @property
    def basis(self) -> str:
        """The article, in the reader's language."""
        english = (get_language() or "").startswith("en")
        return self.basis_en if english else self.basis_zh
