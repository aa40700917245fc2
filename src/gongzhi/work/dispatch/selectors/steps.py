"""Where an incident stands: the bar of steps, and the steps that somebody may take next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.procedure import Step as ProcedureStep
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.parts import Step
from gongzhi.work.dispatch.board import Choice

WAY = ("received", "dispatched", "en_route", "on_scene", "cleared", "closed")
BESIDE = {
    "recorded": ("received", "recorded"),
    "unassigned": ("received", "unassigned", "en_route", "on_scene", "cleared", "closed"),
    "settled": ("received", "settled", "closed"),
    "cancelled": ("received", "cancelled"),
    "merged": ("received", "merged"),
    "referred": ("received", "referred", "resolved"),
    "resolved": ("received", "referred", "resolved"),
}
"""Ways that leave the usual one, by the step that leaves it."""
BY_DESK = {
    # step: icon, look, and what asks before it
    "closed": ("check", "primary", ""),
    "settled": ("phone", "plain", ""),
    "cancelled": ("close", "danger", ""),
}


def bar(matter: Matter) -> list[Step]:
    """The way as it is going, each step with the time when it was reached."""
    reached = _reached(matter)
    if matter.county_id is not None:
        return _gone(matter, reached)
    way = _way(matter, reached)
    at = way.index(matter.step) if matter.step in way else 0
    ended = matter.closed_at is not None
    return [
        Step(
            str(_name(matter, code)),
            "done" if n < at and code in reached else "skipped" if n < at
            else "now" if n == at and not ended else "done" if n == at else "next",
            reached.get(code),
        )
        for n, code in enumerate(way)
    ]  # fmt: skip


def _gone(matter: Matter, reached: dict[str, datetime]) -> list[Step]:
    """The steps that it went through: of an imported matter nothing more is to be expected."""
    taken = sorted(reached, key=lambda code: reached[code])
    return [
        Step(
            str(_name(matter, code)),
            "now" if code == matter.step and matter.closed_at is None else "done",
            reached[code],
        )
        for code in taken
    ]


def choices(matter: Matter, who: Account) -> list[Choice]:
    """The steps that this person may take, and what is missing for the next one."""
    return list(_choices(matter, who))


def _choices(matter: Matter, who: Account) -> Iterator[Choice]:
    if matter.closed_at is not None or matter.county_id is not None:
        return
    for code, (icon, look, confirm) in BY_DESK.items():
        step = matter.version_item.step(code)
        if step is None or not set(step.roles) & set(who.roles):
            continue
        if matter.step in step.may_follow:
            yield _choice(step, icon, look, confirm)
        elif code == "closed":
            yield Choice(code, _verb(step), icon, missing=_missing(matter))


def _choice(step: ProcedureStep, icon: str, look: str, confirm: str) -> Choice:
    element = step.elements[0] if step.elements else None
    return Choice(
        code=step.code,
        words=_verb(step),
        icon=icon,
        kind=look,  # type: ignore[arg-type]
        confirm=confirm,
        ask=str(element.name) if element else "",
        ask_code=element.code if element else "",
    )


def _verb(step: ProcedureStep) -> str:
    words = {"closed": _("办结警情"), "cancelled": _("取消警情"), "settled": _("电话办结")}
    return words.get(step.code, str(step.name))


def _missing(matter: Matter) -> str:
    """Why it can't be closed yet, and who sees to that."""
    if matter.step in ("received", "unassigned"):
        return _("还没有派警")
    return _("等出警单位报“处置完毕”")


def _way(matter: Matter, reached: dict[str, datetime]) -> tuple[str, ...]:
    if matter.step in BESIDE:
        return BESIDE[matter.step]
    return BESIDE["settled"] if "settled" in reached and "cleared" not in reached else WAY


def _name(matter: Matter, code: str) -> object:
    step = matter.version_item.step(code)
    return step.name if step else code


def _reached(matter: Matter) -> dict[str, datetime]:
    """When each step was taken last."""
    entries = Entry.objects.filter(subject=subject_of(matter), kind="matters.step_taken")
    taken = {
        json.loads(text)["step"]: at
        for text, at in entries.order_by("seq").values_list("text", "at")
    }
    return {"received": matter.opened_at, **taken}
