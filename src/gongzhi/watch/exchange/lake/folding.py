"""From the log's entries to facts: what an entry changes in the fact of its matter.

Folding the same entries again gives the same facts; that is what `lake check` holds the lake to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import h3.api.basic_int as h3
from django.conf import settings

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.crypto.county import suite
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.residents import RESIDENTS
from gongzhi.watch.exchange.lake.models import Fact

PROCEDURES = {"incident": "incident", "resident_request": "request"}
"""Whose matters become facts, and what the lake calls them. Cases and complaints never do, and
neither do drills and tests of the line: they are other procedures."""
OPENED = "matters.matter_opened"
FINEST = 8
"""The resolution of the smallest cell that the lake knows."""
Told = Mapping[str, Any]


def matter_of(subject: str) -> int:
    """The matter that an entry is about; 0 for one about something else."""
    name, _colon, number = subject.rpartition(":")
    return int(number) if name == "matters.matter" and number.isdecimal() else 0


def is_read(entry: Entry) -> bool:
    """Whether the entry changes a fact, or begins one."""
    return entry.kind == OPENED or entry.kind in CHANGES


def key_of(matter: int) -> str:
    """The fact's key, by a secret of the county: outside, no key leads back to a matter."""
    secret: str = settings.HOME.secret("lake-key")
    return suite().keyed(secret.encode(), str(matter).encode()).hex()[:16]


def fold(facts: dict[int, Fact], entries: Iterable[Entry]) -> set[int]:
    """Change `facts` (by matter) as the entries say, in their order; the matters that changed.

    `facts` holds those already known of all matters that the entries are about.
    """
    changed, placed = set(), set()
    for entry in entries:
        matter = matter_of(entry.subject)
        if not matter or not is_read(entry):
            continue
        told = json.loads(entry.text)
        if entry.kind == OPENED and matter not in facts:
            if told["procedure"] in PROCEDURES:
                facts[matter] = _begun(matter, entry.at, told)
                placed.add(matter)
                changed.add(matter)
        elif matter in facts and entry.kind in CHANGES:
            CHANGES[entry.kind](facts[matter], entry.at, told)
            changed.add(matter)
            placed.update({matter} if entry.kind in PLACING else ())
    _look_up_places({matter: facts[matter] for matter in placed})
    return changed


def _begun(matter: int, at: datetime, told: Told) -> Fact:
    at = at.astimezone(UTC).replace(microsecond=0)
    channel = str(told.get("channel", ""))
    return Fact(
        matter=matter, version=told["version"], fact=key_of(matter), month=f"{at:%Y-%m}",
        kind=PROCEDURES[told["procedure"]], category=told["category"],
        priority=told["priority"], channel=channel, resident=channel in RESIDENTS,
        opened_at=at, town=told.get("town", ""), h7=_cell(told.get("h7")),
        step=_first_step(told["procedure"], told["version"]),
    )  # fmt: skip


def _first_step(procedure: str, version: str) -> str:
    return catalogue().procedures[procedure].version(version).steps[0].code


def _cell(text: object) -> int | None:
    return int(text, 16) if isinstance(text, str) and text else None


def _look_up_places(facts: Mapping[int, Fact]) -> None:
    """The finer cell and the source, which the log doesn't know, from the matters themselves."""
    rows = Matter.objects.filter(pk__in=list(facts)).values_list("pk", "h9", "county__code")
    for matter, h9, source in rows:
        fact = facts[matter]
        fact.source = source or ""
        fact.h8 = None if h9 is None else int(h3.cell_to_parent(h9, FINEST))


def _since(fact: Fact, at: datetime) -> int:
    return max(0, int((at - fact.opened_at).total_seconds()))


def _place(fact: Fact, _at: datetime, told: Told) -> None:
    fact.town, fact.h7 = told.get("town", ""), _cell(told.get("h7"))


def _erased(_fact: Fact, _at: datetime, _told: Told) -> None:
    """The place may be gone, too: it is looked up again."""


def _urgency(fact: Fact, _at: datetime, told: Told) -> None:
    fact.priority = told["priority"]


def _about(fact: Fact, _at: datetime, told: Told) -> None:
    fact.category = told["category"]


def _step(fact: Fact, at: datetime, told: Told) -> None:
    fact.step = told["step"]
    procedure = next(code for code, kind in PROCEDURES.items() if kind == fact.kind)
    step = catalogue().procedures[procedure].version(fact.version).step(fact.step)
    fact.closed_after = _since(fact, at) if step is not None and step.ends else None


def _merged(fact: Fact, _at: datetime, _told: Told) -> None:
    fact.merged = True


def _again(fact: Fact, _at: datetime, told: Told) -> None:
    fact.told = max(fact.told, told.get("nth", 1)) if "nth" in told else fact.told + 1


def _assigned(fact: Fact, at: datetime, _told: Told) -> None:
    fact.units += 1
    if fact.assigned_after is None:
        fact.assigned_after = _since(fact, at)


def _set_off(fact: Fact, at: datetime, _told: Told) -> None:
    if fact.set_off_after is None:
        fact.set_off_after = _since(fact, at)


def _arrived(fact: Fact, at: datetime, _told: Told) -> None:
    if fact.arrived_after is None:
        fact.arrived_after = _since(fact, at)


def _cleared(fact: Fact, at: datetime, told: Told) -> None:
    fact.outcome = told.get("disposition", "") or fact.outcome
    fact.cleared_after = _since(fact, at)


def _judged(fact: Fact, _at: datetime, told: Told) -> None:
    fact.solved = told["solved"]


CHANGES: dict[str, Callable[[Fact, datetime, Told], None]] = {
    "matters.place_corrected": _place,
    "matters.told_erased": _erased,
    "matters.priority_changed": _urgency,
    "matters.recategorised": _about,
    "matters.step_taken": _step,
    "matters.matter_merged": _merged,
    "calls.call_received": _again,
    "participation.request_joined": _again,
    "participation.outcome_judged": _judged,
    "dispatch.unit_assigned": _assigned,
    "dispatch.unit_set_off": _set_off,
    "dispatch.unit_arrived": _arrived,
    "dispatch.unit_cleared": _cleared,
}
"""What each kind of entry about a matter changes in its fact."""
PLACING = frozenset({"matters.place_corrected", "matters.told_erased"})
"""After these the matter may lie elsewhere, or nowhere."""
