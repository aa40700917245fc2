"""How a request's last answer ends it, as pages show it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.masking import masked
from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.work.participation.events import OUTCOME_JUDGED

ANSWERS = {"answer": "answered", "plan": "planned"}
_TOGETHER = timedelta(seconds=2)
"""What was shown in one action stands within this of each other."""


@dataclass(frozen=True)
class Ending:
    """The last answer's words, masked, and what came with them; None of it where there is none."""

    words: str
    outcome: str = ""
    """``done``, ``impossible``, ``planned``; "" where nobody said, as before it was asked."""
    because: str = ""
    evidence: str = ""
    note: str = ""
    promised: date | None = None


def ending_of(matter: Matter) -> Ending | None:
    """The last answer or plan. One query."""
    shown = {one.code: one for one in matter.elements.all()}
    last = max(
        (shown[code] for code in ANSWERS if code in shown), key=lambda one: one.shown_at,
        default=None,
    )  # fmt: skip
    if last is None:
        return None
    now = {k: v for k, v in shown.items() if abs(v.shown_at - last.shown_at) <= _TOGETHER}
    if last.code == "plan":
        return Ending(masked(last.text), "planned", promised=_day(now.get("promised")))
    return Ending(
        masked(last.text),
        now["outcome"].text if "outcome" in now else "",
        because=_choice(matter, now.get("because")),
        evidence=_choice(matter, now.get("evidence")),
        note=masked(now["evidence_note"].text) if "evidence_note" in now else "",
    )


def _day(shown: ShownElement | None) -> date | None:
    return date.fromisoformat(shown.text) if shown else None


def _choice(matter: Matter, shown: ShownElement | None) -> str:
    if shown is None:
        return ""
    step = matter.version_item.step("answered")
    element = step.element(shown.code) if step else None
    choice = element.choice(shown.text) if element else None
    return str(choice) if choice else shown.text


def objections_to(matter: Matter) -> int:
    """How often residents have said that it isn't solved."""
    judged = Entry.objects.filter(subject=subject_of(matter), kind=OUTCOME_JUDGED.kind)
    return sum(not json.loads(text)["solved"] for text in judged.values_list("text", flat=True))
