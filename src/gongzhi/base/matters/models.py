"""Matters, and what people said of them. No side effects here: actions write."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar.counting import Counting
from gongzhi.base.calendar.due import Due
from gongzhi.base.calendar.periods import Period
from gongzhi.base.calendar.sentences import in_words
from gongzhi.base.calendar.steps import steps_as_json, steps_from_json
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.kinds.clock_parts import Extends
from gongzhi.base.catalogue.kinds.procedure import Procedure, Step, Version
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.models import StoredFile
from gongzhi.base.matters.ordinals import called
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County
from gongzhi.base.ui.spans import moment


class Matter(models.Model):
    """One number, one timeline, one owner at any moment."""

    procedure = models.CharField(max_length=40)
    version = models.CharField(max_length=7)
    step = models.CharField(max_length=40)
    stepped_at = models.DateTimeField()
    """Since when it stands at its step."""
    category = models.CharField(max_length=40)
    priority = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20, default="web")
    """How it came in: web, phone, text, video, counter, hotline, grid, open311, import."""
    answers = models.JSONField(default=dict, blank=True)
    """Answers to the category's questions: codes and numbers, never free text."""
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matters")
    owner = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    bounces = models.PositiveIntegerField(default=0)
    """How often it came back to a unit that had already handed it over."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # Whoever repeats a request with the same key gets the same matter.
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)

    county = models.ForeignKey(
        County, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    """The imported source it belongs to; None for the county's own."""
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    accuracy = models.PositiveIntegerField(null=True, blank=True)
    """Metres, as far as the source knows."""
    h7 = models.BigIntegerField(null=True, blank=True)
    h9 = models.BigIntegerField(null=True, blank=True)
    town = models.CharField(max_length=40, blank=True)
    beat = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_unit", "closed_at"], name="matter_desk"),
            models.Index(
                fields=["procedure", "priority", "opened_at"],
                name="matter_own_open",
                condition=models.Q(closed_at__isnull=True, county__isnull=True),
            ),
            # With the county, so that a large import makes the county's own lists no slower.
            models.Index(fields=["procedure", "county", "opened_at"], name="matter_by_time"),
            models.Index(fields=["h9", "opened_at"], name="matter_near"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(priority__range=(1, 4)), name="priority_1_4"),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True, h9__isnull=True)
                | models.Q(lat__isnull=False, lon__isnull=False, h9__isnull=False),
                name="place_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, e.g. ``SQ261124-417``: kind, local day of opening, id."""
        # By this county's calendar also where a page tells another's time: one number for ever.
        zone = timezone.get_default_timezone()
        day = timezone.localtime(self.opened_at, zone).strftime("%y%m%d")
        return f"{self.procedure_item.prefix}{day}-{self.pk}"

    @property
    def point(self) -> Point | None:
        """Where it is, as far as anybody said."""
        return None if self.lat is None or self.lon is None else Point(self.lat, self.lon)

    @property
    def category_item(self) -> Category | None:
        """Its category in the catalogue; None when the county took it away."""
        return catalogue().categories.get(self.category)

    @property
    def title(self) -> str:
        """Its category's name, in the active language."""
        item = self.category_item
        return str(item.name) if item else self.category

    @property
    def procedure_item(self) -> Procedure:
        """Its procedure in the catalogue."""
        return catalogue().procedures[self.procedure]

    @property
    def version_item(self) -> Version:
        """The version it began under."""
        return self.procedure_item.version(self.version)

    @property
    def step_item(self) -> Step:
        """Where it stands."""
        step = self.version_item.step(self.step)
        assert step is not None, f"{self.procedure} {self.version} lost its step {self.step}"  # noqa: S101
        return step


class Narrative(models.Model):
    """What was told, in free text: apart from the matter, so that it can be erased."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="narrative")
    words = models.TextField()
    place = models.CharField(max_length=200, blank=True)


class Party(models.Model):
    """Somebody who has to do with a matter; who that is, is sealed."""

    class Role(models.TextChoices):
        """As what."""

        REPORTER = "reporter", _("反映人")
        CALLER = "caller", _("报警人")
        SUSPECT = "suspect", _("违法犯罪嫌疑人")
        VICTIM = "victim", _("被侵害人、被害人")
        WITNESS = "witness", _("证人")
        GUARDIAN = "guardian", _("监护人、法定代理人")
        COUNSEL = "counsel", _("律师、辩护人")
        COMPLAINANT = "complainant", _("控告人、举报人")
        APPLICANT = "applicant", _("申请人")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parties")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="party")
    role = models.CharField(max_length=20, choices=Role.choices)
    number = models.PositiveSmallIntegerField(default=1)
    """The how-manieth of this role in the matter; it stays when others come or go."""

    @property
    def label(self) -> str:
        """嫌疑人甲 / Suspect 1: as pages, lists and findings call them, never by name."""
        return called(self.role, self.number)


class Message(models.Model):
    """Words between people about a matter. The log knows that there are some, never what they say.

    ``public``: the resident reads it. ``author`` is None for the resident's own words.
    """

    class Kind(models.TextChoices):
        """What the words are for."""

        QUESTION = "question", _("询问")
        REPLY = "reply", _("回复")
        NOTE = "note", _("记录")
        UPDATE = "update", _("进展")
        JOINED = "joined", _("补充反映")
        OBJECTION = "objection", _("不满意的原因")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.TextField()
    public = models.BooleanField(default=False)
    author = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["matter", "at"], name="message_of_matter")]


class Attachment(models.Model):
    """A file of a matter. ``public``: the resident sees it, too."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="attachments")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="attachment")
    public = models.BooleanField(default=True)
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    at = models.DateTimeField()


class ShownElement(models.Model):
    """An element that a matter has shown: a text, or the code of a choice."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="elements")
    code = models.CharField(max_length=40)
    text = models.TextField()
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "code"], name="one_element_of_a_code")
        ]


class Handover(models.Model):
    """From one owner to the next, so that a matter is never nobody's."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=40)


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
