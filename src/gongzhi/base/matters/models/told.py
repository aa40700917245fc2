"""What people said and showed of a matter, and through whose hands it went."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.files.models import StoredFile
from gongzhi.base.matters.models.matter import Matter
from gongzhi.base.people.models import Account, Unit


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
