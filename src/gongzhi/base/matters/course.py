"""How a matter goes on: which step may follow, and what it must show. Nothing is written here."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.procedure import Element, Step
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.events import STEP_TAKEN
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused

LONGEST_ELEMENT = 4000


def step_that_may_follow(matter: Matter, code: str) -> Step:
    """The step, if the matter may take it from where it stands; refused otherwise."""
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


def shown_by(
    matter: Matter, step: Step, given: Mapping[str, str], known: Container[str]
) -> dict[str, str]:
    """What is given of the step's elements, by code.

    Refuses the first element that the step needs, that is not given and not `known` from before.
    What is needed only with some choice is asked for after all that may be chosen.
    """
    shown: dict[str, str] = {}
    for element in sorted(step.elements, key=lambda one: bool(one.needed_when)):
        text = _checked_element(element, given.get(element.code, ""))
        if text:
            shown[element.code] = text
        elif element.code not in known and element.is_needed(shown):
            cited = matter.procedure_item.citation(element)
            raise Refused(
                _("还差“%(element)s”，补上后才能进入“%(step)s”。%(basis)s")
                % {"element": element.name, "step": step.name, "basis": cited},
                code="element_missing",
                status=409,
                fields={element.code: _("请补上这一项。")},
            )
    return shown


def enter(matter: Matter, step: Step, at: datetime) -> str:
    """Put the matter on the step; gives the one it comes from."""
    previous, matter.step, matter.stepped_at = matter.step, step.code, at
    matter.closed_at = at if step.ends else None
    return previous


def known_for(matter: Matter, step: Step) -> set[str]:
    """The elements of the step that the matter has shown already, and that still count: those of
    a step that asks for them afresh only since it was last taken."""
    rows = matter.elements.filter(code__in=[one.code for one in step.elements])
    last = _last_taken(matter, step) if step.afresh else None
    if last is not None:
        rows = rows.filter(shown_at__gt=last)
    return set(rows.values_list("code", flat=True))


def _last_taken(matter: Matter, step: Step) -> datetime | None:
    taken = Entry.objects.filter(subject=subject_of(matter), kind=STEP_TAKEN.kind)
    for entry in taken.order_by("-seq"):
        if json.loads(entry.text)["step"] == step.code:
            return entry.at
    return None


def moved_by(matter: Matter, step: Step) -> tuple[list[str], dict[int, list[str]]]:
    """Which clocks of law the step moves: its own, and those for whoever takes part; then, by
    party, those of which each has their own."""
    moved, each, personal = list(step.moves), dict[int, list[str]](), catalogue().personal_moves
    parties = matter.parties.values_list("pk", "role") if step.moves_with else ()
    for party, role in parties:
        for move in cast("Mapping[str, tuple[str, ...]]", step.moves_with).get(role, ()):
            if move in personal:
                each.setdefault(party, []).append(move)
            elif move not in moved:
                moved.append(move)
    return moved, each


def require_other_unit(matter: Matter, taker: Unit) -> None:
    """Refuse handing a matter to the unit that has it."""
    if matter.owner_unit == taker:
        raise Refused(
            _("这件事本来就由%(unit)s负责。") % {"unit": taker}, code="same_unit", status=409
        )


def require_other_priority(matter: Matter, priority: int) -> None:
    """Refuse a priority that there isn't, and the one that the matter has."""
    if priority not in {1, 2, 3, 4}:
        raise Refused(_("紧急程度是 1 到 4。"), code="unknown_priority")
    if matter.priority == priority:
        raise Refused(
            _("已经是 P%(priority)s。") % {"priority": priority}, code="same_priority", status=409
        )


def require_member(matter: Matter, unit_id: int) -> None:
    """Refuse as the one responsible somebody of another unit than the matter's."""
    if unit_id != matter.owner_unit_id:
        raise Refused(_("承办人要在负责的单位里选。"), code="not_in_unit")


def _checked_element(element: Element, given: str) -> str:
    text = given.strip()
    wrong = ""
    if text and element.kind == "choice" and element.choice(text) is None:
        wrong = _("请从给出的选项里选一个。")
    elif text and element.kind == "approval":
        wrong = _("审批由有权的人在这件事里批准，不能自己填写。")
    elif text and element.kind == "people" and not _enough(text, element.least):
        wrong = _("至少要有 %(n)s 人。") % {"n": element.least}
    elif "\x00" in text or len(text) > LONGEST_ELEMENT:
        wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": LONGEST_ELEMENT}
    if wrong:
        raise Refused(wrong, code="element_wrong", fields={element.code: wrong})
    return text


def _enough(text: str, least: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4 and int(text) >= least
