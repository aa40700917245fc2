"""Versions of open datasets: what was proposed, by whom let out, and which files it has."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.people.models import Account


class Version(models.Model):
    """One version of an open dataset of the catalogue."""

    class State(models.TextChoices):
        """How far it is."""

        DUE = "due", _("该准备了")
        PROPOSED = "proposed", _("等另一个人审核")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤下")
        DROPPED = "dropped", _("没有发布")

    dataset = models.CharField(max_length=40)
    """Code of the open dataset, in ``catalogue/open_data``."""
    number = models.PositiveIntegerField(null=True)
    """1, 2, 3 …; none before it is published."""
    state = models.CharField(max_length=10, choices=State.choices)
    shape = models.TextField(blank=True)
    """What a row was when it was made: all versions of a dataset are alike in it."""
    periods = models.JSONField(default=list)
    """The periods that it tells first."""
    again = models.JSONField(default=list)
    """The periods that it puts right."""
    change = models.TextField(blank=True)
    """What is new, in a line for the public."""
    digest = models.CharField(max_length=64, blank=True)
    """Of what was proposed, before any noise: what is let out is what was looked at."""
    made_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="versions_proposed"
    )
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="versions_decided"
    )
    decided_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    files = models.JSONField(default=dict)
    """Of each file its SHA-256, size and media type."""
    counted = models.JSONField(default=dict)
    """Exact counts behind the periods that it made, by place and category; never leaves here. By
    them a later correction is held to be no smaller than a figure may be."""
    epsilon = models.FloatField(null=True)
    """What it spent of the year's privacy budget."""
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="versions_withdrawn"
    )
    """Who took it from offer."""
    withdrawn_why = models.TextField(blank=True)
    """Why, as the public is told."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["dataset"], condition=models.Q(state__in=["due", "proposed"]),
                name="one_version_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dataset} v{self.number}" if self.number else self.dataset

    @property
    def told(self) -> bool:
        """Whether it has been let out, still offered or not."""
        return self.state in {self.State.PUBLISHED, self.State.WITHDRAWN}
