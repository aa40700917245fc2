"""A person says what comes of a rise: a problem, or nothing and why."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems import events
from gongzhi.work.prevention.problems.models import Problem, Rise
from gongzhi.work.prevention.problems.opened import opened, require_title
from gongzhi.work.prevention.problems.permissions import require_judge
from gongzhi.work.prevention.problems.states import Reason, RiseState


@action
def confirm_rise(by: Actor, rise: Rise, *, title: str, unit: Unit) -> Problem:
    """It is one: open a problem that `unit` sees to. Refuses the platform itself."""
    account = require_judge(by)
    held = _held(rise)
    require_title(title)
    held.state, held.decided_by, held.decided_at = RiseState.CONFIRMED, account, now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    problem = opened(held.about, held.cells, title=title, unit=unit, rise=held)
    record(events.RISE_CONFIRMED, held, about=held.about, problem=problem.pk)
    return problem


@action
def dismiss_rise(by: Actor, rise: Rise, *, reason: str) -> Rise:
    """It is none that prevention has to see to; it doesn't ring again for four weeks."""
    account = require_judge(by)
    held = _held(rise)
    if reason not in Reason.values:
        words = _("请选一个原因。")
        raise Refused(words, code="reason", status=422, fields={"reason": words})
    held.state, held.reason = RiseState.DISMISSED, reason
    held.decided_by, held.decided_at = account, now()
    held.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record(events.RISE_DISMISSED, held, about=held.about, reason=reason)
    return held


def _held(rise: Rise) -> Rise:
    held = Rise.objects.select_for_update().get(pk=rise.pk)
    if held.state != RiseState.OPEN:
        raise Refused(
            _("这条异常上升现在是“%(state)s”，不用再判断。") % {"state": held.get_state_display()},
            code="not_open", status=409,
        )  # fmt: skip
    return held
