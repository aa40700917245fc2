"""Opening matters, taking their steps, handing them over."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.events import HANDED_OVER, OPENED, STEP_TAKEN
from gongzhi.base.matters.models import Handover, Matter, Narrative, ShownElement
from gongzhi.base.matters.permissions import require_owner, require_step
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused

LONGEST = 4000
"""Characters of a narrative."""


@action
def open_matter(
    by: Actor,
    *,
    procedure: str,
    category: str,
    owner: Unit,
    words: str,
    place: str = "",
    priority: int | None = None,
    idempotency_key: str | None = None,
) -> Matter:
    """Open a matter at the first step of the version in force today.

    `priority` is the category's own when None. Refuses an unknown category, one of another kind,
    no words and too many of them. A key that was used is refused by the database (IntegrityError).
    """
    followed = catalogue().procedures[procedure]
    default = _category_priority(category, followed.kind)
    told = _checked_words(words)
    version = followed.version_on(timezone.localdate(now()))
    matter = Matter.objects.create(
        procedure=procedure,
        version=version.code,
        step=version.steps[0].code,
        category=category,
        priority=priority or default,
        owner_unit=owner,
        opened_at=now(),
        idempotency_key=idempotency_key,
    )
    Narrative.objects.create(matter=matter, words=told, place=place.strip()[:200])
    record(
        OPENED,
        matter,
        procedure=procedure,
        version=version.code,
        category=category,
        priority=matter.priority,
        unit=owner.pk,
    )
    return matter


@action
def take_step(
    by: Actor, matter: Matter, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Take the step `code`, with the texts of the elements that it must show.

    Refuses, with the reason, a step that may not follow, one of another role or unit, and one
    whose element is missing. The row is locked, so that two hands can't take two steps at once.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    step = _step_that_may_follow(held, code)
    require_step(by, step)
    if step.roles:
        require_owner(by, held)
    shown = _show(held, step, elements or {})
    previous, held.step = held.step, step.code
    held.closed_at = now() if step.ends else None
    held.save(update_fields=["step", "closed_at"])
    record(STEP_TAKEN, held, step=step.code, previous=previous, elements=shown)
    return held


@action
def hand_over(by: Actor, matter: Matter, taker: Unit, *, reason: str) -> Matter:
    """Give the matter to another unit; a return to one that had it counts as a bounce."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    require_owner(by, held)
    giver = held.owner_unit
    if giver == taker:
        raise Refused(
            _("这件事本来就由%(unit)s负责。") % {"unit": taker}, code="same_unit", status=409
        )
    bounce = held.handovers.filter(giver=taker).exists()
    Handover.objects.create(matter=held, giver=giver, taker=taker, at=now(), reason=reason)
    held.owner_unit, held.owner = taker, None
    held.bounces += bounce
    held.save(update_fields=["owner_unit", "owner", "bounces"])
    record(HANDED_OVER, held, giver=giver.pk, taker=taker.pk, reason=reason, bounce=bounce)
    return held


def _category_priority(code: str, kind: str) -> int:
    category = catalogue().categories.get(code)
    if category is None or kind not in category.kinds:
        wrong = _("没有这个类别，请重新选一个。")
        raise Refused(wrong, code="unknown_category", fields={"category": wrong})
    return category.priority


def _checked_words(words: str) -> str:
    told = words.strip()
    wrong = ""
    if not told or "\x00" in told:
        wrong = _("请写几句发生了什么。")
    elif len(told) > LONGEST:
        wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": LONGEST}
    if wrong:
        raise Refused(wrong, code="words", fields={"words": wrong})
    return told


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


def _show(matter: Matter, step: Step, given: Mapping[str, str]) -> list[str]:
    """Keep the given elements; refuse the first that the step needs and nobody has shown."""
    known = set(matter.elements.values_list("code", flat=True))
    for element in step.elements:
        text = given.get(element.code, "").strip()
        if text:
            ShownElement.objects.update_or_create(
                matter=matter, code=element.code, defaults={"text": text, "shown_at": now()}
            )
        elif element.code not in known:
            raise Refused(
                _("还差“%(element)s”，补上后才能进入“%(step)s”。%(basis)s")
                % {"element": element.name, "step": step.name, "basis": element.basis},
                code="element_missing",
                status=409,
                fields={element.code: _("请补上这一项。")},
            )
    return [element.code for element in step.elements if given.get(element.code, "").strip()]
