"""Whom a request goes to when its resident objects for the second time: not to the same again."""

from __future__ import annotations

from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import hand_over
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.selectors import deciding_unit

OBJECTED = Actor.system("objected_again")
OBJECTIONS = 2
"""At so many objections somebody else looks at it."""


@action
def look_anew(by: Actor, matter: Matter) -> Matter:
    """Give it to the deciding unit, which sees to it or names who does. What was said and done
    until then stays with it. Nothing changes where that unit has it already."""
    other = deciding_unit()
    held = Matter.objects.select_related("owner_unit").get(pk=matter.pk)
    if held.owner_unit == other:
        return held
    return hand_over(by, held, other, reason="objected_again")
