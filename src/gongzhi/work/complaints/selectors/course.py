"""Who decided a complaint."""

from __future__ import annotations

import json

from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.events import STEP_TAKEN
from gongzhi.base.matters.models import Matter

DECISIONS = ("decided", "not_accepted")


def decided_by(matter: Matter) -> int | None:
    """The account that decided it, or refused to take it up; None where nobody has."""
    taken = Entry.objects.filter(subject=subject_of(matter), kind=STEP_TAKEN.kind)
    for entry in taken.order_by("-seq"):
        if json.loads(entry.text)["step"] in DECISIONS:
            kind, _colon, key = entry.by.partition(":")
            return int(key) if kind == "account" else None
    return None
