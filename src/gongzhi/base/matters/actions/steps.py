"""Taking the steps of a procedure."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.procedure import Element, Step
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.events import STEP_TAKEN
from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.base.matters.permissions import require_step
from gongzhi.base.ui.errors import Refused


@action
def take_step(
    by: Actor, matter: Matter, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Take the step `code`, with what the elements that it must show are to say.

    Refuses, with the reason, a step that may not follow, one of another role or unit, and one
    whose element is missing. The row is locked, so that two hands can't take two steps at once.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    step = _step_that_may_follow(held, code)
    require_step(by, held, step)
    shown = _show(held, step, elements or {})
    previous, held.step, held.stepped_at = held.step, step.code, now()
    held.closed_at = now() if step.ends else None
    held.save(update_fields=["step", "stepped_at", "closed_at"])
    choices = [f"{e.code}:{shown[e.code]}" for e in step.elements if _is_choice(e, shown)]
    record(
        STEP_TAKEN, held, step=step.code, previous=previous,
        elements=list(shown), choices=choices or None,
    )  # fmt: skip
    return held


def _is_choice(element: Element, shown: Mapping[str, str]) -> bool:
    return element.kind == "choice" and element.code in shown


def _step_that_may_follow(matter: Matter, code: str) -> Step:
    step = matter.version_item.step(code)
    if step is None:
        raise Refused(_("没有这个环节。"), code="unknown_step")
    if matter.step not in step.may_follow:
        raise Refused(
            _("现在是“%(now)s”，还不能进入“%(next)s”。")
            % {"now": matter.step_item.name, "next": step.name},
            code="step_out_of_order",
            status=409,
        )
    return step


def _show(matter: Matter, step: Step, given: Mapping[str, str]) -> dict[str, str]:
    """Keep the given elements; refuse the first that the step needs and nobody has shown."""
    if not step.elements:
        return {}
    known = set(matter.elements.values_list("code", flat=True))
    shown = {}
    for element in step.elements:
        text = _checked_element(element, given.get(element.code, ""))
        if text:
            ShownElement.objects.update_or_create(
                matter=matter, code=element.code, defaults={"text": text, "shown_at": now()}
            )
            shown[element.code] = text
        elif element.code not in known:
            raise Refused(
                _("还差“%(element)s”，补上后才能进入“%(step)s”。%(basis)s")
                % {"element": element.name, "step": step.name, "basis": element.basis},
                code="element_missing",
                status=409,
                fields={element.code: _("请补上这一项。")},
            )
    return shown


LONGEST_ELEMENT = 4000


def _checked_element(element: Element, given: str) -> str:
    text = given.strip()
    wrong = ""
    if text and element.kind == "choice" and element.choice(text) is None:
        wrong = _("请从给出的选项里选一个。")
    elif "\x00" in text or len(text) > LONGEST_ELEMENT:
        wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": LONGEST_ELEMENT}
    if wrong:
        raise Refused(wrong, code="element_wrong", fields={element.code: wrong})
    return text
