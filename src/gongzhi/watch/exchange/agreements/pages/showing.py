"""An agreement as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongzhi.base.catalogue.kinds.dataset import Dataset
from gongzhi.base.catalogue.kinds.question import Question
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Unit
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.agreements.permissions import owners_of
from gongzhi.watch.exchange.agreements.selectors import ends_soon
from gongzhi.watch.exchange.agreements.states import State

TONES = {
    State.WAITING: ("warn", "clock"), State.IN_FORCE: ("good", "check"),
    State.REFUSED: ("bad", "close"), State.WITHDRAWN: ("plain", "undo"),
    State.ENDED: ("plain", "lock"), State.EXPIRED: ("plain", "late"),
}  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """What it gives, in words."""

    agreement: Agreement
    title: Any
    dataset: Dataset | None
    fields: tuple[Any, ...]
    questions: tuple[Question, ...]
    owners: tuple[Unit, ...]
    tone: str
    icon: str
    said: Any
    soon: bool


def terms_of(agreement: Agreement) -> Terms:
    """Read from the catalogue as it is now; what it lost keeps its code."""
    offer = agreement.offer_item
    names = [(offer.field(one) if offer else None) for one in agreement.fields]
    fields = tuple(
        one.says if one else name for one, name in zip(names, agreement.fields, strict=True)
    )
    questions = tuple(agreement.question_items)
    state = State(agreement.state)
    if state == State.IN_FORCE and not agreement.opens_at(now()):
        state = State.EXPIRED
    tone, icon = TONES[state]
    codes = owners_of(agreement.offer, agreement.questions)
    return Terms(
        agreement, offer.name if offer else agreement.offer or None,
        catalogue().datasets.get(offer.dataset) if offer else None, fields, questions,
        tuple(Unit.objects.filter(code__in=codes).order_by("pk")), tone, icon, state.label,
        ends_soon(agreement),
    )  # fmt: skip
