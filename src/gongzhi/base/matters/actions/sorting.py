"""What a matter is about, said anew."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions.owners import change_priority
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.events import RECATEGORISED
from gongzhi.base.matters.intake import fitting_answers, priority_for
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused


@action
def recategorise(by: Actor, matter: Matter, category: str) -> Matter:
    """Put the matter under another category of its kind; the caller has checked who acts.

    Answers that the new category asks for, too, stay; the others go with the old one. Its urgency
    is reckoned anew, unless somebody had set it. Clocks that run for this category start, others
    go on as they are. Refuses an unknown category, one of another kind and the one it has.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    wanted = _wanted(held, category)
    before, previous = held.category_item, held.category
    usual = before is None or held.priority == priority_for(before, held.answers)
    held.category, held.answers = wanted.code, fitting_answers(wanted, held.answers)
    held.save(update_fields=["category", "answers"])
    record(RECATEGORISED, held, category=wanted.code, previous=previous)
    move_clocks(held, RECATEGORISED.kind, facts={"previous": previous})
    urgent = priority_for(wanted, held.answers)
    return change_priority(by, held, urgent) if usual and urgent != held.priority else held


def _wanted(matter: Matter, code: str) -> Category:
    found = catalogue().categories.get(code)
    wrong = ""
    if found is None or matter.procedure_item.kind not in found.kinds:
        wrong = _("没有这个类别，请重新选一个。")
    elif code == matter.category:
        wrong = _("本来就是“%(kind)s”。") % {"kind": found.name}
    if wrong or found is None:
        raise Refused(wrong, code="unknown_category", status=422, fields={"category": wrong})
    return found
