"""Whose details a code can open: those of one person in one matter, and nobody else's.

A code alone opens none. Whoever asks has to know the last characters of the number that is sealed;
where two people of one incident have the same, nobody's are opened.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongzhi.base.matters.models import Party
from gongzhi.base.people.models import Person
from gongzhi.base.people.sealing import unseal
from gongzhi.work.cases.models import PartyReceipt
from gongzhi.work.participation.models import Receipt

PROOF = 4
"""Characters from the end of the number that was told."""
NUMBERS = ("phone", "id_number")


def persons_of(receipt: Receipt) -> list[Person]:
    """Those one of whom may have this code. A neighbour who joined left no details; in a case a
    code is one party's; in an incident any caller may have it."""
    if receipt.joined:
        return []
    own = PartyReceipt.objects.filter(receipt=receipt).select_related("party__person").first()
    if own is not None:
        return [own.party.person]
    parties = receipt.matter.parties.select_related("person").order_by("pk")
    if receipt.matter.procedure_item.kind == "case":
        return []
    if receipt.matter.procedure_item.kind == "incident":
        parties = parties.filter(role=Party.Role.CALLER)
        return [one.person for one in parties]
    return [one.person for one in parties[:1]]


def told_by(person: Person) -> Mapping[str, str]:
    """What they told of themselves, opened: for themselves alone."""
    return unseal(bytes(person.sealed)) if person.sealed else {}


def can_prove(receipt: Receipt) -> bool:
    """Whether there is a number by which somebody can show that it is theirs."""
    return any(_numbers(told_by(one)) for one in persons_of(receipt))


def proven(receipt: Receipt, ends: str) -> Person | None:
    """Whose number ends so; None when nobody's does, or more than one."""
    wanted = _plain(ends)
    if len(wanted) != PROOF:
        return None
    fits = [
        one for one in persons_of(receipt)
        if any(number.endswith(wanted) for number in _numbers(told_by(one)))
    ]  # fmt: skip
    return fits[0] if len(fits) == 1 else None


def _numbers(told: Mapping[str, str]) -> list[str]:
    plain = [_plain(told.get(name, "")) for name in NUMBERS]
    return [one for one in plain if len(one) >= 2 * PROOF]


def _plain(text: str) -> str:
    return "".join(one for one in text.upper() if one.isascii() and one.isalnum())
