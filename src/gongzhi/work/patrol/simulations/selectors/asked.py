"""What a simulation that was kept changes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import ValidationError

from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.simulations.changes import Changes
from gongzhi.work.patrol.simulations.models import Simulation


def latest_for(asked_for: str) -> Simulation | None:
    """The last one that another page asked for."""
    return Simulation.objects.filter(asked_for=asked_for).order_by("-asked_at", "-pk").first()


def changes_of(simulation: Simulation) -> Changes:
    """What it changes. Refuses what this version doesn't understand any more."""
    try:
        return Changes.model_validate(simulation.changes)
    except ValidationError as wrong:
        raise Refused(_("这次推演的改动已经看不懂了，请重新安排。"), code="changes") from wrong
