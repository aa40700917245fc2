"""The office's registers: one entry at a time, found by all that tells who somebody is together.

Whoever types a number alone learns nothing, not even whether there is an entry: name, number and
telephone must all be those of the entry. What it says is then shown in part only, as nobody has
shown a card; the counter reads it with the application.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from gongzhi.base.catalogue.kinds.register import Register
from gongzhi.base.catalogue.kinds.service_facts import WHO
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.crypto.county import suite
from gongzhi.work.public_services.models import RegisterEntry, Unfinished
from gongzhi.work.public_services.selectors.facts import Offer, Source, Told, offers, taken_of
from gongzhi.work.public_services.selectors.forms import content_of, service_of

KEY_NAME = "register-keys"


def key_of(register: str, number: str) -> str:
    """What an entry is found by: a keyed hash of the identity number. Without the county's key no
    number can be tried against the table."""
    secret = settings.HOME.secret(KEY_NAME).encode()
    return suite().keyed(secret, f"{register}\n{number}".encode()).hex()


def registers_for(form: Unfinished) -> list[Register]:
    """Those that know something that this form asks and nobody has confirmed yet."""
    taken = taken_of(form)
    asked = {one.fact for one in service_of(form).fields if one.fact and one.code not in taken}
    return [one for one in catalogue().registers.values() if asked & set(one.facts)]


def who_in(form: Unfinished) -> dict[str, str] | None:
    """Name, number and telephone as the form has them; None while one is missing."""
    content = content_of(form)
    told = {
        one.fact: content.get(one.code, "") for one in service_of(form).fields if one.fact in WHO
    }
    return told if all(told.get(fact) for fact in WHO) else None


def entry_for(register: Register, who: Mapping[str, str]) -> RegisterEntry | None:
    """The entry whose name, number and telephone are all these."""
    key = key_of(register.code, who["person.id_number"])
    found = RegisterEntry.objects.filter(register=register.code, key=key).first()
    if found is None:
        return None
    held = json.loads(found.content)
    same = [hmac.compare_digest(held[fact].encode(), who[fact].encode()) for fact in WHO]
    return found if all(same) else None


def offers_from(form: Unfinished, register: Register, entry: RegisterEntry) -> list[Offer]:
    """What of the entry fits into the form."""
    held = json.loads(entry.content)
    facts = {fact: held[fact] for fact in register.facts if held.get(fact)}
    source = Source("register", register.code, entry.since.isoformat())
    return offers(form, Told(source, facts, form))


@dataclass(frozen=True)
class Look:
    """That a register was asked for an application: which, when, whether it knew."""

    name: str
    day: str
    found: bool


def looks_of(looks: list[dict[str, object]]) -> list[Look]:
    """As they are told to the applicant and the counter."""
    known = catalogue().registers
    return [
        Look(
            str(known[str(one["register"])].name) if one["register"] in known else "",
            str(one["on"]), bool(one["found"]),
        )
        for one in looks
    ]  # fmt: skip
