"""Another category for a request, and the unit that it then belongs to."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import recategorise
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions.answering import send_on
from gongzhi.work.participation.judged import judge_suggestion
from gongzhi.work.participation.selectors import unit_for
from gongzhi.work.participation.suggesting import suggestion_of


@action
def sort_anew(by: Actor, matter: Matter, category: str, *, send: bool = True) -> Matter:
    """Put a request under another category; with `send` the category's unit gets it, if that is
    another one. Refused as a whole where it can't be sent on any more."""
    require(by, "participation.answer_request")
    require_owner(by, matter)
    if matter.closed_at is not None or matter.step == "answered":
        wrong = _("已经答复了，类别不能再改。")
        raise Refused(wrong, code="request_answered", status=409, fields={"category": wrong})
    suggested = suggestion_of(matter)
    held = recategorise(by, matter, category)
    judge_suggestion(held, category, suggested)
    kind = held.category_item
    unit = unit_for(kind, held.point) if kind else held.owner_unit
    if send and unit.pk != held.owner_unit_id:
        held = send_on(by, held, unit, reason="not_ours")
    return held
