"""Who somebody is stays sealed; each look has a purpose, leaves an event, and can be known."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.actions import hand_over
from gongzhi.base.people.actions import erase_person, read_person
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.people.sealing import BrokenSeal, seal, unseal
from gongzhi.base.people.selectors import reads_of
from gongzhi.base.ui.errors import Refused
from tests.base.people.conftest import NAME, PHONE, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
AccountOf = Callable[..., Account]


def reads() -> int:
    return Entry.objects.filter(kind="people.person_read").count()


def test_a_look_gives_the_fields_and_an_event_with_its_purpose(
    person: Person, account_of: AccountOf
) -> None:
    officer = account_of("officer")
    opened = read_person(Actor.account(officer), person, purpose="verify")
    assert opened == {"name": NAME, "phone": PHONE}
    entry = Entry.objects.get(kind="people.person_read")
    matter = person.party.matter_id
    told = f'{{"matter":{matter},"purpose":"verify","roles":["officer"],"unit":{officer.unit_id}}}'
    assert (entry.by, entry.text) == (f"account:{officer.pk}", told)
    assert verify().holds


def test_a_look_whose_event_can_t_be_written_shows_nothing(
    person: Person, account_of: AccountOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(drafts: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr("gongzhi.base.log.actions.chain.append", fails)
    with pytest.raises(RuntimeError):
        read_person(Actor.account(account_of("officer")), person, purpose="verify")


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_without_a_purpose_nothing_opens(
    person: Person, account_of: AccountOf, purpose: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_person(Actor.account(account_of("officer")), person, purpose=purpose)
    assert (refused.value.code, reads()) == ("purpose", 0)


@pytest.mark.parametrize("role", ["analyst", "planner", "commander", "supervisor", "admin"])
def test_whose_work_needs_no_contact_can_t_look(
    person: Person, account_of: AccountOf, role: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_person(Actor.account(account_of(role)), person, purpose="verify")
    assert (refused.value.status, reads()) == (403, 0)


def test_a_department_sees_only_whom_it_works_for(
    person: Person, account_of: AccountOf, other_unit: Unit
) -> None:
    partner = Actor.account(account_of("partner", unit=other_unit))
    with pytest.raises(Refused) as refused:
        read_person(partner, person, purpose="handle")
    assert refused.value.code == "not_your_matter"
    hand_over(Actor.system("desk"), person.party.matter, other_unit, reason="competence")
    person.refresh_from_db()
    assert read_person(partner, person, purpose="handle")["name"] == NAME


def test_the_person_can_know_which_unit_looked_and_what_for(
    person: Person, account_of: AccountOf
) -> None:
    for purpose in ("verify", "reply"):
        read_person(Actor.account(account_of("officer", username=purpose)), person, purpose=purpose)
    known = [(str(read.unit), read.purpose) for read in reads_of(person)]
    assert known == [("城关派出所", "告知结果、回访"), ("城关派出所", "核实情况")]


def test_an_erased_person_can_t_be_read_and_the_log_still_verifies(
    person: Person, account_of: AccountOf
) -> None:
    officer = Actor.account(account_of("officer"))
    read_person(officer, person, purpose="verify")
    steward = Actor.account(account_of("data_steward"))
    erase_person(steward, person, reason="asked")
    person.refresh_from_db()
    assert bytes(person.sealed) == b""
    with pytest.raises(Refused) as refused:
        read_person(officer, person, purpose="verify")
    assert refused.value.code == "erased"
    assert len(reads_of(person)) == 1
    assert verify().holds
    with pytest.raises(Refused):
        erase_person(steward, person, reason="asked")


def test_only_the_data_steward_erases(person: Person, account_of: AccountOf) -> None:
    for role in ("officer", "admin", "supervisor"):
        with pytest.raises(Refused):
            erase_person(Actor.account(account_of(role)), person, reason="asked")
    with pytest.raises(Refused):
        erase_person(Actor.account(account_of("data_steward")), person, reason="because")
    person.refresh_from_db()
    assert person.sealed


def test_a_new_key_seals_and_the_old_one_still_opens(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = type(settings.HOME)(tmp_path)
    before = seal({"name": NAME})
    key = settings.HOME.keys / "personal-fields"
    key.rename(key.with_name("personal-fields.1"))
    after = seal({"name": NAME})
    assert before[1:5] != after[1:5]
    assert unseal(before) == unseal(after) == {"name": NAME}
    key.with_name("personal-fields.1").unlink()
    with pytest.raises(BrokenSeal):
        unseal(before)


def test_a_seal_that_was_touched_doesn_t_open() -> None:
    sealed = seal({"name": NAME})
    for at in (0, 2, 8, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(BrokenSeal):
            unseal(bytes(changed))


def test_two_seals_of_the_same_name_don_t_look_alike() -> None:
    assert seal({"name": NAME}) != seal({"name": NAME})


def test_no_row_anywhere_holds_the_name(person: Person, account_of: AccountOf) -> None:
    """Looked for in every column of every table, after somebody read it."""
    read_person(Actor.account(account_of("officer")), person, purpose="verify")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            stored = [bytes(v) if isinstance(v, memoryview) else v for r in cursor for v in r]
            assert not any(NAME in str(value) or PHONE in str(value) for value in stored), table
            raw = b"".join(value for value in stored if isinstance(value, bytes))
            assert NAME.encode() not in raw
            assert PHONE.encode() not in raw


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its files to itself")
def test_the_database_file_holds_no_name(person: Person, account_of: AccountOf) -> None:
    read_person(Actor.account(account_of("officer")), person, purpose="verify")
    file = connection.connection.serialize()
    assert "城关派出所".encode() in file
    assert NAME.encode() not in file
    assert PHONE.encode() not in file


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its files to itself")
def test_an_erased_seal_is_gone_from_the_database_file(
    person: Person, account_of: AccountOf
) -> None:
    sealed = bytes(person.sealed)
    assert sealed in connection.connection.serialize()
    erase_person(Actor.account(account_of("data_steward")), person, reason="expired")
    left = connection.connection.serialize()
    assert not [at for at in range(len(sealed) - 8) if sealed[at : at + 8] in left]


def test_the_page_asks_what_for_before_it_shows(
    person: Person, signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, address = signed_in("officer"), f"/people/{person.pk}/contact/"
    closed = client.get(address).content.decode()
    assert "核实情况" in closed
    assert NAME not in closed
    assert (client.post(address, {"purpose": ""}).status_code, reads()) == (422, 0)
    answer = client.post(address, {"purpose": "verify"}, headers={"HX-Request": "true"})
    opened = answer.content.decode()
    assert NAME in opened
    assert f"tel:{PHONE}" in opened
    assert "<html" not in opened
    assert "no-store" in answer["Cache-Control"]
    assert reads() == 1
    assert NAME not in caplog.text
    assert PHONE not in caplog.text


def test_the_page_opens_for_nobody_who_may_not_look(person: Person, signed_in: SignedIn) -> None:
    assert signed_in("analyst").get(f"/people/{person.pk}/contact/").status_code == 403


def test_the_steward_sees_who_looked_and_erases(
    person: Person, account_of: AccountOf, signed_in: SignedIn
) -> None:
    read_person(Actor.account(account_of("officer")), person, purpose="verify")
    client = signed_in("data_steward")
    listed = client.get("/people/reads/").content.decode()
    assert person.party.matter.number in listed
    assert "officer" in listed
    assert NAME not in listed
    assert client.post(f"/people/{person.pk}/erase/", {"reason": "asked"}).status_code == 302
    shown = client.get(f"/people/{person.pk}/").content.decode()
    assert "已清除" in shown
    assert "永久清除" not in shown


def test_the_supervisor_sees_who_looked_and_erases_nothing(
    person: Person, signed_in: SignedIn
) -> None:
    client = signed_in("supervisor")
    assert "永久清除" not in client.get(f"/people/{person.pk}/").content.decode()
    assert client.post(f"/people/{person.pk}/erase/", {"reason": "asked"}).status_code == 403


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_of_looks_asks_no_more_with_more_rows(
    person: Person, account_of: AccountOf, many: int, django_assert_max_num_queries: Callable
) -> None:
    officer = Actor.account(account_of("officer"))
    for _ in range(many):
        read_person(officer, person, purpose="verify")
    from gongzhi.base.people.selectors import all_reads, looks

    with django_assert_max_num_queries(4):
        assert len(looks(all_reads())) == many
