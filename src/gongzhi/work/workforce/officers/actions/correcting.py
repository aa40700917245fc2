"""A line of a record is struck out, or written anew in its place; both can be read afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import events
from gongzhi.work.workforce.officers.actions.records import (
    record_skill,
    record_training,
    tell_limit,
)
from gongzhi.work.workforce.officers.models import Limit, SkillHeld, Training
from gongzhi.work.workforce.officers.permissions import KEEP, require_unit

MOST_WORDS = 200
Line = SkillHeld | Training | Limit
_WRITE = {SkillHeld: record_skill, Training: record_training, Limit: tell_limit}


@action
def strike_line(by: Actor, line: Line, *, why: str) -> Line:
    """It should never have stood there. Refuses (422) without a reason, (409) a second time."""
    return _struck(by, line, why)


@action
def correct_line(by: Actor, line: Line, *, why: str, told: Mapping[str, Any]) -> Line:
    """Strike it out and write ``told`` in its place: what the action for such a line takes."""
    one = _struck(by, line, why)
    made = _WRITE[type(line)](by, one.account, **told)  # type: ignore[operator]
    one.instead = made
    one.save(update_fields=["instead"])
    return made  # type: ignore[no-any-return]


def _struck(by: Actor, line: Line, why: str) -> Line:
    rows = type(line).every.select_for_update(of=("self",)).select_related("account__unit")
    one: Line = rows.get(pk=line.pk)
    require_unit(by, KEEP, one.account.unit)
    if one.struck_at is not None:
        raise Refused(_("这一条已经划掉了。"), code="struck", status=409)
    said = why.strip()
    if not said or len(said) > MOST_WORDS:
        words = _("请写为什么要改，最多 %(n)s 个字。") % {"n": MOST_WORDS}
        raise Refused(words, code="why", status=422, fields={"why": words})
    one.struck_at, one.why_struck = now(), said
    one.struck_by = by.source if isinstance(by.source, Account) else None
    if isinstance(one, Limit):
        one.reason = ""  # what somebody's body can't do is kept no longer than it must be
    one.save()
    record(events.LINE_STRUCK, one, unit=one.account.unit_id)
    return one
