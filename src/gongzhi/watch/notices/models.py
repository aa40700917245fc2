"""Who wants to be told what, sealed; what is still to be told; and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.watch.notices.states import OPEN, About, Channel, Pace, State


class Subscriber(models.Model):
    """One address that somebody proved, or a feed; who that is nobody knows, and nobody lists them.

    There is no account: a link in every message shows, changes and ends what it gets. Only staff
    who want to be told of their own unit's matters are known, by their account.
    """

    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = SealedText(blank=True)
    """A number, an e-mail address, or what a browser gave to push to; "" for a feed."""
    mark = models.CharField(max_length=64, null=True, unique=True)
    """A keyed hash of the address: the same one again is the same subscriber."""
    key = models.CharField(max_length=43, unique=True)
    """With the county's secret it gives the code of its link."""
    code_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    pace = models.CharField(max_length=8, choices=Pace.choices, default=Pace.NOW)
    quiet_from = models.PositiveSmallIntegerField(null=True, default=22)
    """The hour from which nothing rings; None: it may at any time."""
    quiet_to = models.PositiveSmallIntegerField(null=True, default=7)
    woken = models.BooleanField(default=False)
    """Whether a red warning may ring in the quiet hours, too."""
    digest_at = models.DateTimeField(null=True)
    """When the last digest was made."""
    made_at = models.DateTimeField()
    account = models.OneToOneField(Account, on_delete=models.CASCADE, null=True, related_name="+")
    """Of a member of staff, whose unit's matters these are; None for everybody else."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__range=(0, 23), quiet_to__range=(0, 23)),
                name="quiet_hours_whole_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class Subscription(models.Model):
    """One thing that a subscriber wants to be told of."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    about = models.CharField(max_length=10, choices=About.choices)
    topic = models.CharField(max_length=60, blank=True)
    """Of a topic: its code."""
    town = models.CharField(max_length=40, blank=True)
    """Of warnings and topics: one town's only."""
    gravity = models.PositiveSmallIntegerField(default=0)
    """Of warnings: from this colour on, as `warnings.models.GRAVITY` counts."""
    pin = SealedText(blank=True)
    """Of a place: latitude, longitude and metres around, as JSON."""
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about", "topic"], name="subscriptions_about")]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "about", "topic", "town"],
                condition=Q(matter__isnull=True, pin=""),
                name="subscribed_once",
            ),
            models.UniqueConstraint(
                fields=["subscriber", "matter"],
                condition=Q(matter__isnull=False),
                name="a_matter_followed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.pk}"


class Lane(models.Model):
    """One way out: a mail server, a gateway, a push service. A slow one holds up itself alone."""

    name = models.CharField(max_length=120, unique=True)
    held_until = models.DateTimeField(null=True)
    """Until when one process is sending."""
    again_at = models.DateTimeField(null=True)
    """Before that nothing is tried, after a failure."""
    failures = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """One thing to tell one address. Once it went, neither the address nor a word is left of it."""

    key = models.CharField(max_length=64, unique=True)
    """Of what, to whom: the same again is no second notice. Servers get it as message id."""
    template = models.CharField(max_length=40)
    """Its text's code in ``catalogue/notices``."""
    channel = models.CharField(max_length=8, choices=Channel.choices)
    lane = models.CharField(max_length=120)
    mark = models.CharField(max_length=64, blank=True)
    """To whom, as a keyed hash; "" once they had all erased."""
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.SET_NULL, null=True, related_name="notices"
    )
    about = models.CharField(max_length=80)
    """``matters.matter:12``, as the log names it."""
    language = models.CharField(max_length=10)
    address = SealedText(blank=True)
    facts = SealedText(blank=True)
    """What its text's fields say, as JSON; "" once it went."""
    rank = models.PositiveSmallIntegerField(default=5)
    """0 goes first."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    again_at = models.DateTimeField()
    """Not before that."""
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["lane", "rank", "id"],
                name="notices_to_send",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["state", "made_at"], name="notices_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.pk}"

    @property
    def open(self) -> bool:
        """Whether it is still to be told."""
        return self.state in OPEN

    def told(self) -> Mapping[str, str]:
        """What its fields say."""
        found: dict[str, str] = json.loads(self.facts) if self.facts else {}
        return found


class Spread(models.Model):
    """One entry of the log that is being told to all who asked, some at a time."""

    entry = models.UUIDField(unique=True)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    """The entry's own: ids, codes, times."""
    at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)
    """The last subscription that was looked at."""
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "id"], name="spreads_to_go_on")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Shown(models.Model):
    """A message that the demo county's stand-in for a phone and a mailbox took. Never elsewhere."""

    channel = models.CharField(max_length=8, choices=Channel.choices)
    to = SealedText()
    subject = SealedText(blank=True)
    words = SealedText()
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=64, unique=True)
    """The notice's key: what comes twice is shown once."""
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="shown_by_time")]
