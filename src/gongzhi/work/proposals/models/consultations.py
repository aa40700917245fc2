"""Consultations: what residents are asked before somebody decides, and what was decided."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.people.models import Unit


class Consultation(models.Model):
    """One question with options; who decides, until when; later what, and why."""

    class Topic(models.TextChoices):
        """What it is about. A person reads the answers; nothing follows from them by itself."""

        PATROL = "patrol", _("巡逻先顾哪里")
        CROSSING = "crossing", _("过街、路口")
        LIGHTS = "lights", _("路灯照明")
        HOURS = "hours", _("开关门、噪声的时间")
        OTHER = "other", _("别的")

    topic = models.CharField(max_length=10, choices=Topic.choices)
    title = models.CharField(max_length=80)
    about = models.TextField(blank=True)
    options = models.JSONField(default=list)
    """``[{"code": "a", "name": "…"}]``"""
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    decides = models.CharField(max_length=80)
    """Who decides, in words."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    """Whose it is: who reads the answers and publishes what was decided."""
    decide_by = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["closes_at"], name="consultations_by_end")]

    def __str__(self) -> str:
        return self.title

    @property
    def names(self) -> dict[str, str]:
        """Code → what the option is called."""
        return {one["code"]: one["name"] for one in self.options}

    def runs(self, at: datetime) -> bool:
        """Whether answers are taken."""
        return self.opens_at <= at < self.closes_at


class Answer(models.Model):
    """One answer: a choice and perhaps some words. Whose, and when, is kept nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="answers")
    choice = models.CharField(max_length=4)
    words = models.TextField(blank=True)
    """For those who decide; never shown to others."""

    def __str__(self) -> str:
        return self.choice
