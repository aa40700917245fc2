"""What the pages about units, accounts and persons read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.people.events import PERSON_READ
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.people.purposes import Purpose


@dataclass(frozen=True)
class Read:
    """One look at somebody's details, as that person may know of it."""

    at: datetime
    unit: Unit | None
    purpose: str
    roles: str = field(default="", kw_only=True)
    """As what, in words: the roles of whoever looked, never a name."""


def reads_of(person: Person) -> list[Read]:
    """Who looked at this person's details and what for, the latest first. Two queries."""
    entries = Entry.objects.filter(subject=subject_of(person), kind=PERSON_READ.kind)
    told = [(entry.at, json.loads(entry.text)) for entry in entries.order_by("-seq")]
    units = Unit.objects.in_bulk({fields["unit"] for _at, fields in told if "unit" in fields})
    return [
        Read(
            at, units.get(fields.get("unit")), str(Purpose(fields["purpose"]).label),
            roles=roles_in_words(fields.get("roles") or ()),
        )
        for at, fields in told
    ]  # fmt: skip


def roles_in_words(codes: Iterable[str]) -> str:
    """What these roles are called; those that the catalogue has lost are left out."""
    found = catalogue().roles
    return _("、").join(str(found[code].name) for code in codes if code in found)


@dataclass(frozen=True)
class Look(Read):
    """The same for whoever oversees it: with who looked, and at whom."""

    person: int
    account: str
    matter: str


def all_reads() -> QuerySet[Entry]:
    """Every look at anybody's details, the latest first; but not at those of a sealed matter,
    whose own page has its looks."""
    sealed = Person.objects.filter(party__matter__procedure__in=sealed_procedures())
    named = Concat(Value(subject_of(Person(pk=0))[:-1]), Cast("pk", CharField()))
    hidden = sealed.annotate(named=named).values("named")
    return _reads().exclude(subject__in=hidden).order_by("-seq")


def _reads() -> QuerySet[Entry]:
    return Entry.objects.filter(kind=PERSON_READ.kind)


def looks_at(person: Person) -> list[Look]:
    """Every look at this person's details, the latest first."""
    return looks(_reads().filter(subject=subject_of(person)).order_by("-seq"))


def looks(entries: Iterable[Entry]) -> list[Look]:
    """The entries told for oversight: a fixed number of queries, however many there are."""
    told = [(entry, json.loads(entry.text)) for entry in entries]
    units = Unit.objects.in_bulk({fields["unit"] for _entry, fields in told if "unit" in fields})
    accounts = Account.objects.in_bulk({_number(entry.by) for entry, _fields in told})
    persons = Person.objects.select_related("party__matter").in_bulk(
        {_number(entry.subject) for entry, _fields in told}
    )
    return [
        Look(
            at=entry.at,
            unit=units.get(fields.get("unit")),
            purpose=str(Purpose(fields["purpose"]).label),
            person=_number(entry.subject),
            account=str(accounts.get(_number(entry.by), "")),
            matter=_matter_number(persons.get(_number(entry.subject))),
        )
        for entry, fields in told
    ]


def _number(name: str) -> int:
    """7 of ``account:7``; 0 where there is none."""
    number = name.rpartition(":")[2]
    return int(number) if number.isdecimal() else 0


def _matter_number(person: Person | None) -> str:
    party = getattr(person, "party", None)
    return "" if party is None else str(party.matter)


def role_names(account: Account) -> list[str]:
    """The account's roles in words, in the catalogue's order."""
    return [str(role.name) for code, role in catalogue().roles.items() if code in account.roles]


def units_with_numbers() -> QuerySet[Unit]:
    """All units, each with how many accounts in use it has."""
    in_use = Count("accounts", filter=Q(accounts__is_active=True))
    return Unit.objects.select_related("parent").annotate(people=in_use).order_by("pk")


def accounts_of(unit: Unit | None, words: str = "") -> QuerySet[Account]:
    """The accounts of a unit, or of all; those whose names contain the words."""
    found = Account.objects.select_related("unit").order_by("-is_active", "unit_id", "username")
    if unit is not None:
        found = found.filter(unit=unit)
    if words:
        found = found.filter(username__icontains=words) | found.filter(
            display_name__icontains=words
        )
    return found
