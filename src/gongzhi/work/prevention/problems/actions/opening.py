"""A problem is opened: for a rise, for a series that was confirmed, or because somebody saw it."""

from __future__ import annotations

import h3.api.basic_int as h3
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.places.cells import as_text, cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.linking.models import Series
from gongzhi.work.prevention.problems import events
from gongzhi.work.prevention.problems.held import say
from gongzhi.work.prevention.problems.looking import CELL, harms
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.opened import opened, require_title
from gongzhi.work.prevention.problems.permissions import require_judge
from gongzhi.work.prevention.problems.selectors.origin import cells_of

FARTHEST = 3
"""Rings of cells around the middle of what somebody saw: some 26 km² at most."""


@action
def open_for_series(by: Actor, series: Series, *, title: str, unit: Unit) -> Problem:
    """Make a problem of a series of incidents that somebody has confirmed. Refuses (409) others,
    and one that has its problem."""
    require_judge(by)
    held = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
    if held.topic or held.state != Series.State.CONFIRMED:
        raise Refused(_("串并要先由人确认，才能立为防范问题。"), code="not_confirmed", status=409)
    if Problem.objects.filter(series=held).exists():
        raise Refused(_("这个串并已经立过防范问题。"), code="opened", status=409)
    _require_harm(held.category)
    require_title(title)
    return opened(held.category, cells_of(held), title=title, unit=unit, series=held)


@action
def open_as_seen(
    by: Actor, *, about: str, middle: Point, reach: int, title: str, unit: Unit, words: str
) -> Problem:
    """Make a problem of what somebody saw: `reach` rings of cells around a place, and why."""
    account = require_judge(by)
    _require_harm(about)
    require_title(title)
    if not 0 <= reach <= FARTHEST:
        raise Refused(_("范围太大，请选小一些。"), code="reach", status=422)
    cell = int(h3.cell_to_parent(cell_of(middle), CELL))
    others = sorted(int(one) for one in h3.grid_disk(cell, reach) if one != cell)
    made = opened(about, [as_text(one) for one in (cell, *others)], title=title, unit=unit)
    say(made, account, words)
    record(events.STAGE_NOTED, made, stage=made.stage)
    return made


def _require_harm(about: str) -> None:
    """Only harm that residents tell of is counted at places; nothing else can be one's problem."""
    if about not in harms():
        wrong = _("这一类事不按地点分析，立不了防范问题。")
        raise Refused(wrong, code="category", status=422, fields={"about": wrong})
