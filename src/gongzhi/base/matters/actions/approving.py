"""Elements that are shown ahead of their step: approvals by somebody of the rank, papers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.procedure import Element, Step
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.course import known_for
from gongzhi.base.matters.events import APPROVED, ELEMENT_SHOWN
from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import stands_above
from gongzhi.base.ui.errors import Refused


@action
def show_element(by: Actor, matter: Matter, code: str, text: str) -> ShownElement:
    """Show one element ahead of its step: a document that was issued, an archive that was written.

    Refuses an element that no step of the matter asks for. The caller has checked who acts.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if code not in {one.code for step in held.version_item.steps for one in step.elements}:
        raise Refused(_("这类事项没有这一项。"), code="unknown_element")
    shown, _made = ShownElement.objects.update_or_create(
        matter=held, code=code, defaults={"text": text, "shown_at": now()}
    )
    record(ELEMENT_SHOWN, held, element=code)
    return shown


@action
def approve_element(by: Actor, matter: Matter, code: str) -> ShownElement:
    """Approve an element of a step that may be taken next.

    Refuses what needs no approval now, another rank, a unit that isn't above the owner's, whoever
    is responsible for the matter, and a second time.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    element = _waiting(held, code)
    account = _of_rank(by, held, element)
    asking = [s for s in _following(held) if any(one.code == code for one in s.elements)]
    if all(code in known_for(held, step) for step in asking):
        raise Refused(_("已经批准过了。"), code="already_approved", status=409)
    shown, _made = ShownElement.objects.update_or_create(
        matter=held, code=code, defaults={"text": f"account:{account.pk}", "shown_at": now()}
    )
    record(APPROVED, held, element=code)
    move_clocks(held, APPROVED.kind, facts={"element": code})
    return shown


def _following(matter: Matter) -> list[Step]:
    return [step for step in matter.version_item.steps if matter.step in step.may_follow]


def _waiting(matter: Matter, code: str) -> Element:
    for step in _following(matter):
        for element in step.elements:
            if element.code == code and element.kind == "approval":
                return element
    raise Refused(_("现在没有这一项要批准。"), code="nothing_to_approve", status=409)


def _of_rank(by: Actor, matter: Matter, element: Element) -> Account:
    account = by.source
    if not isinstance(account, Account) or not set(element.ranks) & set(account.roles):
        raise Refused(
            _("“%(element)s”不由您的岗位批准。") % {"element": element.name},
            code="not_your_rank",
            status=403,
        )
    if not stands_above(account, matter.owner_unit):
        raise Refused(_("只能由承办单位或者它的上级批准。"), code="not_your_matter", status=403)
    if account.pk == matter.owner_id:
        raise Refused(_("承办人不能批准自己的事。"), code="own_approval", status=403)
    return account
