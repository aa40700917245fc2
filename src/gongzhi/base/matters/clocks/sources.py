"""The due date that an imported source gives its matters: shown with them, and no clock of ours.

It is a run that no event moves and nobody sweeps: what another promised is neither our promise to
warn of, nor ours to have missed. So the log is told nothing of it.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.base.calendar.counting import Counting
from gongzhi.base.calendar.due import Due
from gongzhi.base.calendar.periods import Period
from gongzhi.base.log.actions import now
from gongzhi.base.matters.clocks.moving import county_zone
from gongzhi.base.matters.models import ClockRun, Matter

TARGET = "source_target"
"""The code of such a run; the catalogue has no clock of that name."""


def source_run(matter: Matter, due_at: datetime) -> ClockRun:
    """The run, as it ended with the matter, or as it stands; not saved."""
    until = matter.closed_at or now()
    run = ClockRun(
        matter=matter,
        clock=TARGET,
        law=False,
        basis_zh=_basis(matter, "zh-hans"),
        basis_en=_basis(matter, "en"),
        started_at=matter.opened_at,
        missed_at=due_at if until > due_at else None,
        stopped_at=matter.closed_at,
    )
    if matter.closed_at is not None:
        run.outcome = ClockRun.Outcome.MISSED if run.missed_at else ClockRun.Outcome.MET
    # The source says when, and by no sum: a limit without a number.
    counting = Counting(
        matter.opened_at, Period(word="PROMPT"), "hours", rolls=False, tz=county_zone()
    )
    run.due = Due(due_at, provisional=False, steps=(), counting=counting)
    return run


def _basis(matter: Matter, language: str) -> str:
    with translation.override(language):
        return _("“%(source)s”自己写明的期限，不是本县的承诺。") % {"source": matter.county}
