"""What may leave the county as events, in one list: which kinds of entry, which of their fields.

A list of what may, never of what may not: a kind or a field that nobody put here stays. Nothing
about cases, complaints, care, integrity, ballots or anybody's reads is in it; nobody acts in what
leaves (``by`` stays), no crew has a name in it, and no number leads to what somebody said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from gongzhi.base.catalogue.kinds.forecast import forbidden
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.watch.exchange.cloudevents import Event, event_of
from gongzhi.watch.exchange.lake.folding import PROCEDURES, matter_of

_LINKED = ("request", "partner")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "matters.matter_opened": (
        "procedure", "category", "priority", "unit", "channel", "town", "h7",
    ),
    "matters.step_taken": ("step", "previous"),
    "matters.matter_handed_over": ("giver", "taker", "reason", "bounce"),
    "matters.priority_changed": ("priority", "previous"),
    "matters.recategorised": ("category", "previous"),
    "matters.place_corrected": ("town", "h7"),
    "matters.matter_merged": ("into",),
    "matters.told_erased": (),
    "matters.clock_warned": ("clock", "due_at", "unit"),
    "matters.clock_missed": ("clock", "due_at", "unit", "law"),
    "calls.call_received": ("channel", "joined", "nth"),
    "participation.request_joined": (),
    "participation.outcome_judged": ("solved",),
    "dispatch.unit_assigned": ("first",),
    "dispatch.unit_set_off": ("first",),
    "dispatch.unit_arrived": ("first",),
    "dispatch.unit_cleared": ("disposition", "last"),
    "linked.partner_asked": (*_LINKED, "offers", "due_at"),
    "linked.request_answered": (*_LINKED, "answer", "previous", "reason", "late", "due_at"),
    "linked.answer_overdue": (*_LINKED, "state", "due_at"),
    "linked.partner_phoned": _LINKED,
    "linked.request_cancelled": (*_LINKED, "reason"),
    "linked.request_moved": (*_LINKED, "source"),
}  # fmt: skip
"""Kind → the fields that leave with it."""
KINDS = frozenset(FIELDS)
OF_A_UNIT = frozenset({"unit", "giver", "taker"})
"""Fields that name an authority; outside it is known by its code."""
PLACES = frozenset({"town", "h7"})
"""Left out of what is in any event too delicate for a map (`forbidden`), and of what happens at
somebody's home or to somebody alone: neighbours would know whose it is."""
AT_HOME = frozenset({
    "dispute_family", "domestic_violence", "lost_child", "lost_elder", "medical", "minor_care",
})  # fmt: skip
COLUMNS = ("seq", "id", "at", "kind", "subject", "text")


class Row(NamedTuple):
    """What is read of an entry: never who acted."""

    seq: int
    id: UUID
    at: datetime
    kind: str
    subject: str
    text: str


def rows(after: int, most: int) -> list[Row]:
    """The next entries of any kind, in the order of their commits. Which of them leave is asked
    afterwards: by the index over kinds a database would look through the whole log each time."""
    found = Entry.objects.filter(seq__gt=after).order_by("seq")
    return [Row(*one) for one in found.values_list(*COLUMNS)[:most]]


def chosen(patterns: Iterable[str]) -> frozenset[str]:
    """The kinds that these mean (``matters.*``), of those that may leave; none means all."""
    asked = list(patterns)
    if not asked:
        return KINDS
    return frozenset(kind for kind in KINDS if any(_fits(kind, one) for one in asked))


def _fits(kind: str, pattern: str) -> bool:
    return kind == pattern or (pattern.endswith(".*") and kind.startswith(pattern[:-1]))


def leaving(found: Iterable[Row], kinds: frozenset[str] = KINDS) -> Iterator[Event]:
    """The events that leave, of these entries and kinds. Two queries for all."""
    held = [one for one in found if one.kind in kinds & KINDS]
    if not held:
        return
    about = {key for one in held if (key := matter_of(one.subject))}
    matters = _open_to_others(about)
    units, hushed = dict(Unit.objects.values_list("pk", "code")), delicate()
    for one in held:
        category = matters.get(matter_of(one.subject))
        if category is not None:
            said = _said(one, units, delicate=category in hushed)
            yield event_of(str(one.id), one.kind, one.at, one.subject, one.seq, said)


def _open_to_others(keys: set[int]) -> dict[int, str]:
    """Those of these matters of which anything may be told, with their category: the county's own
    incidents and residents' requests, no drill, no sealed procedure."""
    own = Matter.objects.filter(pk__in=keys, procedure__in=list(PROCEDURES), county__isnull=True)
    return dict(own.values_list("pk", "category"))


def _said(row: Row, units: Mapping[int, str], *, delicate: bool) -> dict[str, Any]:
    told = json.loads(row.text)
    said = {name: told[name] for name in FIELDS[row.kind] if name in told}
    for name in OF_A_UNIT & said.keys():
        said[name] = units.get(said[name], "")
    return {k: v for k, v in said.items() if k not in PLACES} if delicate else said


def delicate() -> frozenset[str]:
    """The categories whose place nobody outside is told."""
    found = catalogue().categories
    return AT_HOME | {code for code, one in found.items() if forbidden(one)}
