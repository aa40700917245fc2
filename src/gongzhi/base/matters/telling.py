"""What the log is told of a matter, the same words whether it happens now or is recalled."""

from __future__ import annotations

from collections.abc import Mapping

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.log.actions import record
from gongzhi.base.matters.events import HANDED_OVER, OPENED, STEP_TAKEN, WORDS_ADDED
from gongzhi.base.matters.models import Handover, Matter, Message
from gongzhi.base.places.cells import as_text


def tell_opening(matter: Matter, *, priority: int, unit: int, parties: int, files: int) -> None:
    """That the matter was opened, how urgent and whose it was then, and coarsely where."""
    record(
        OPENED,
        matter,
        procedure=matter.procedure,
        version=matter.version,
        category=matter.category,
        priority=priority,
        unit=unit,
        channel=matter.channel,
        town=matter.town or None,
        h7=cell_text(matter),
        parties=parties or None,
        files=files or None,
    )


def tell_step(
    matter: Matter, step: Step, previous: str, shown: Mapping[str, str], party: int | None = None
) -> None:
    """That the matter took a step, which elements it showed, the codes of what was chosen, and
    about which party it was."""
    choices = [":".join(pair) for pair in choices_of(step, shown).items()]
    record(
        STEP_TAKEN, matter, step=step.code, previous=previous,
        elements=list(shown), choices=choices or None, party=party,
    )  # fmt: skip


def choices_of(step: Step, shown: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, by element: codes, unlike the texts that a step shows."""
    return {
        element.code: shown[element.code]
        for element in step.elements
        if element.kind == "choice" and element.code in shown
    }


def tell_handover(handover: Handover, *, bounce: bool) -> None:
    """That the matter went from one unit to another."""
    record(
        HANDED_OVER, handover.matter, giver=handover.giver_id, taker=handover.taker_id,
        reason=handover.reason, bounce=bounce,
    )  # fmt: skip


def tell_words(message: Message, *, files: int) -> None:
    """That there are words; never what they say."""
    record(
        WORDS_ADDED, message.matter, message=message.pk, use=str(message.kind),
        public=message.public, files=files or None,
    )  # fmt: skip


def cell_text(matter: Matter) -> str | None:
    """Its coarse cell, as the log writes it."""
    return None if matter.h7 is None else as_text(matter.h7)
