"""What other apps have to tell whoever follows a matter: a piece of page for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.codes import code_for, shown
from gongzhi.work.participation.models import Receipt

CODE_SHOWN = timedelta(hours=12)
"""So long whoever applied or complained may read the code again on the page of its receipt."""


@dataclass(frozen=True)
class FollowPart:
    """A template, and what it shows as ``part.told``."""

    template: str
    told: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    """What the matter is called, where that says more than its category."""


Teller = Callable[[Matter, Receipt], FollowPart | None]
_tellers: list[Teller] = []


def add_part(teller: Teller) -> None:
    """Let an app tell followers of its matters more than their timeline."""
    _tellers.append(teller)


def parts_for(matter: Matter, receipt: Receipt) -> list[FollowPart]:
    """What there is to tell the holder of this receipt."""
    return [part for teller in _tellers if (part := teller(matter, receipt)) is not None]


def fresh_code(receipt: Receipt) -> str:
    """The follow-up code, while it was made just now and can be made again; "" afterwards."""
    fresh = now() - receipt.made_at < CODE_SHOWN
    return shown(code_for(receipt.idempotency_key)) if fresh and receipt.idempotency_key else ""
