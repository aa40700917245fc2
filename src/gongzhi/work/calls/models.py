"""Calls for service, as each came in. No side effects here: actions write."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.models import Account
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.base.places.coordinates import Point


class Manner(models.TextChoices):
    """Whether anybody could be spoken with."""

    SPOKEN = "spoken", _("有人说话")
    SILENT = "silent", _("没人说话")
    ABANDONED = "abandoned", _("挂断了")


class Call(models.Model):
    """One call for service. Several may be about one incident."""

    class Channel(models.TextChoices):
        """How it came in."""

        PHONE = "phone", _("电话")
        TEXT = "text", _("短信")
        VIDEO = "video", _("视频")
        COUNTER = "counter", _("窗口")
        IMPORT = "import", _("导入")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="calls")
    """The incident."""
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.PHONE)
    manner = models.CharField(max_length=12, choices=Manner.choices, default=Manner.SPOKEN)
    taken_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    party = models.OneToOneField(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="call"
    )
    """The caller, sealed; None when nobody said who calls."""
    words = models.TextField(blank=True)
    """What this caller said."""
    joined = models.BooleanField(default=False)
    """Whether the incident was there already."""
    # Whoever repeats a call with the same key gets the same call.
    idempotency_key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["matter", "received_at"], name="call_of_matter"),
            models.Index(fields=["taken_by", "received_at"], name="call_of_taker"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.pk}"


class PaperSlip(models.Model):
    """A call that was written on paper while the platform was away, and entered later.

    The times are those that stand on the paper; who entered it and when, apart from them.
    """

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="slip")
    number = models.CharField(max_length=20)
    """What the paper is numbered; the same one is entered once."""
    dispatched_at = models.DateTimeField(null=True, blank=True)
    on_scene_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    sent = models.CharField(max_length=80, blank=True)
    """The units sent, as the paper names them."""
    entered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField()


class Ring(models.Model):
    """A telephone call that the exchange has put to the desk, from its first ring on.

    ``phone`` lies sealed, and only until it is known what becomes of the call: with the caller's
    party then, or nowhere.
    """

    class State(models.TextChoices):
        """Where it stands."""

        RINGING = "ringing", _("正在响铃")
        CLAIMED = "claimed", _("已接起")
        TAKEN = "taken", _("已登记")
        BACK = "back", _("等待回拨")
        CLOSED = "closed", _("已了结")

    ref = models.CharField(max_length=64, unique=True)
    """What the exchange calls it: told twice, it is one."""
    line = models.CharField(max_length=40, blank=True)
    """The code of the line that it came in on."""
    phone = SealedText(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RINGING)
    manner = models.CharField(max_length=12, choices=Manner.choices, default=Manner.SPOKEN)
    """Why it is to be called back."""
    rang_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When the caller hung up, as the exchange says."""
    back_by = models.DateTimeField(null=True, blank=True)
    """Until when somebody should have called back."""
    call = models.OneToOneField(
        Call, on_delete=models.SET_NULL, null=True, blank=True, related_name="ring"
    )
    outcome = models.CharField(max_length=20, blank=True)
    """Why it was closed without a call taken: a code of `backs.OUTCOMES`."""

    class Meta:
        indexes = [
            models.Index(
                fields=["state", "rang_at"],
                name="ring_going_on",
                condition=models.Q(state__in=["ringing", "claimed", "back"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"


class CallBack(models.Model):
    """One try to reach a caller who hung up or did not speak."""

    class Result(models.TextChoices):
        """What came of it."""

        REACHED = "reached", _("接通了")
        NO_ANSWER = "no_answer", _("没人接")
        BUSY = "busy", _("占线")
        OFF = "off", _("关机、不在服务区")

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="call_backs")
    at = models.DateTimeField()
    by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = models.CharField(max_length=12, choices=Result.choices)


class HereLink(models.Model):
    """A link by which a caller says once, or once more, where they are.

    The position lies sealed until somebody accepts it. The row goes when it is used, revoked or
    its half hour is over, and all that the caller sent goes with it.
    """

    matter = models.ForeignKey(
        Matter, on_delete=models.CASCADE, null=True, blank=True, related_name="here_links"
    )
    """The incident; None while the call is still being written down."""
    draft = models.CharField(max_length=64, blank=True, db_index=True)
    """The key of that call's form."""
    key = models.CharField(max_length=64, unique=True)
    """The hash of its code."""
    mark = models.CharField(max_length=32)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    sent = models.PositiveSmallIntegerField(default=0)
    """How often a position was sent."""
    position = SealedText(blank=True)
    """Latitude, longitude (WGS 84) and accuracy in metres, sealed; "" while there is none."""
    measured_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"here {self.pk}"

    @property
    def point(self) -> Point | None:
        """Where the caller was."""
        lat, lon, _accuracy = self._told() or (None, None, None)
        return Point(float(lat), float(lon)) if lat and lon else None

    @property
    def accuracy(self) -> int | None:
        """How sure that is, in metres."""
        told = self._told()
        return int(told[2]) if told else None

    def _told(self) -> list[str] | None:
        return str(self.position).split(",") if self.position else None


class PremiseNote(models.Model):
    """What a crew should know of a place before it goes in: a dog, a locked gate, a gas store.

    About the place, never about who lives there. It lapses by itself.
    """

    words = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    lat = models.FloatField()
    lon = models.FloatField()
    h9 = models.BigIntegerField(db_index=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    until = models.DateTimeField()
    """From when on nobody is shown it any more."""
    removed_at = models.DateTimeField(null=True, blank=True)
