"""Who somebody is stands on no page and in no answer of a program, whatever one's roles: only where
a purpose was said. Every address of the permission matrix is asked, so a new page is asked, too."""

from __future__ import annotations

import pytest

from gongzhi.base.access.matrix import addresses
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account
from gongzhi.work.calls.actions import NewCall, receive_call
from tests.safeguards.test_sealed_complaints import NO_ANSWER, filled, said_by, signed_in
from tests.work.participation.cast import SYSTEM, unit
from tests.work.personal.hands import asked, reported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAME, PHONE = "欧阳慕容听潮", "13900116677"


def matters() -> list[Matter]:
    """A request, an incident, and a request about what is held of somebody."""
    contact = {"name": NAME, "phone": PHONE}
    open_one = reported(contact=contact)
    unit("bureau")
    call = receive_call(
        SYSTEM, NewCall(category="fight", words="打架", place="码头", caller=contact)
    )
    about = asked(open_one, "correct", wanted={"phone": PHONE, "name": NAME})
    return [open_one.matter, call.matter, about.matter]


def everybody() -> Account:
    """Somebody with every role there is, in the unit that has the requests."""
    return open_account(
        SYSTEM, username="everybody", display_name="海小全", unit=unit("city_management"),
        roles=list(catalogue().roles),
    )  # fmt: skip


def test_no_page_and_no_program_is_told_who_it_is_before_a_purpose_is_said() -> None:
    found, client, leaks = matters(), signed_in(everybody()), []
    persons = [one.parties.get().person_id for one in found if one.parties.exists()]
    for address in addresses():
        if address.path in NO_ANSWER:
            continue
        keys = persons if address.path.startswith("/people/") else [one.pk for one in found]
        for path in sorted({filled(address.path, key) for key in keys}):
            said = said_by(client.get(path))
            leaks += [f"{path}: {word}" for word in (NAME, PHONE) if word in said]
    assert not leaks, "\n".join(leaks)
    contact = f"/people/{persons[0]}/contact/"
    assert PHONE in said_by(client.post(contact, {"purpose": "handle"}))  # so the walk can fail
