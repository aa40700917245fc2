"""The log: nothing is written in secret, nothing is changed afterwards, and it shows if it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.log import chain
from gongzhi.base.log.actions import (
    NothingRecorded,
    OutsideAction,
    action,
    moment,
    now,
    record,
)  # fmt: skip
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Code, Codes, Event, Flag, Id, Number, When, Whole
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import checkpoint, verify
from gongzhi.base.people.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BY = Actor.system("test")
TRIED = Event("test.tried", "试过", {"n": Whole, "code": Code})


@action
def note(by: Actor, n: int) -> None:
    record(TRIED, "test:1", n=n)


@action
def open_unit_then_fail(by: Actor) -> None:
    Unit.objects.create(code="x", kind="station", name_zh="某所", name_en="Some")
    record(TRIED, "test:1", n=1)
    raise KeyError("broken on the way")


@action
def write_in_secret(by: Actor) -> None:
    Unit.objects.create(code="x", kind="station", name_zh="某所", name_en="Some")


@action
def note_twice(by: Actor) -> None:
    note(Actor.resident(), 1)
    with pytest.raises(KeyError):
        open_unit_then_fail(by)
    record(TRIED, "test:2", n=2)


def tamper(statement: str) -> None:
    """What somebody with the database's own password could do: drop the triggers first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS log_entry_no_update")
            cursor.execute("DROP TRIGGER IF EXISTS log_entry_no_delete")
        else:
            # Deferred checks that are still waiting would keep the table from being altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE log_entry DISABLE TRIGGER USER")
        cursor.execute(statement)


def notes(count: int) -> None:
    for n in range(count):
        note(BY, n)


def test_an_action_leaves_an_entry() -> None:
    note(BY, 7)
    entry = Entry.objects.get()
    assert (entry.seq, entry.by, entry.kind, entry.subject) == (
        1, "system:test", "test.tried", "test:1",
    )  # fmt: skip
    assert json.loads(entry.text) == {"n": 7}


def test_an_action_that_records_nothing_is_undone() -> None:
    with pytest.raises(NothingRecorded):
        write_in_secret(BY)
    assert not Unit.objects.exists()


def test_an_action_that_fails_leaves_neither_row_nor_entry() -> None:
    with pytest.raises(KeyError):
        open_unit_then_fail(BY)
    assert not Unit.objects.exists()
    assert not Entry.objects.exists()


def test_an_action_inside_an_action_joins_it_and_a_failed_one_leaves_nothing() -> None:
    note_twice(BY)
    assert list(Entry.objects.order_by("seq").values_list("subject", "by")) == [
        ("test:1", "resident"), ("test:2", "system:test"),
    ]  # fmt: skip
    assert not Unit.objects.exists()


def test_nothing_is_recorded_outside_an_action() -> None:
    with pytest.raises(OutsideAction):
        record(TRIED, "test:1")


def test_an_action_needs_somebody_who_takes_it() -> None:
    with pytest.raises(TypeError, match="Actor"):
        note("me", 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE log_entry SET text = '{}'", "DELETE FROM log_entry"],
)
def test_the_database_refuses_to_change_an_entry(statement: str) -> None:
    note(BY, 1)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        connection.cursor().execute(statement)
    assert verify().holds


@pytest.mark.parametrize(
    ("statement", "fault", "seq"),
    [
        ("UPDATE log_entry SET text = '{\"n\":9}' WHERE seq = 3", "altered", 3),
        ("UPDATE log_entry SET hash = 'f' WHERE seq = 4", "altered", 4),
        ("DELETE FROM log_entry WHERE seq = 2", "missing", 2),
        ("DELETE FROM log_entry WHERE seq = 5", "cut_off", 5),
        ("UPDATE log_entry SET seq = 10 - seq WHERE seq IN (4)", "missing", 4),
        ("UPDATE log_checkpoint SET signature = 'aa'", "signature", 5),
    ],
)
def test_verify_names_the_first_entry_that_was_tampered_with(
    statement: str, fault: str, seq: int
) -> None:
    notes(5)
    assert checkpoint() is not None
    assert verify().holds
    tamper(statement)
    verdict = verify()
    assert (verdict.fault, verdict.seq) == (fault, seq)


def test_a_chain_that_was_made_anew_does_not_bear_the_signature() -> None:
    notes(3)
    checkpoint()
    tamper("UPDATE log_entry SET text = '{\"n\":9}' WHERE seq = 2")
    before = chain.START
    for entry in list(Entry.objects.order_by("seq")):
        before = chain.digest(before, entry)
        tamper(f"UPDATE log_entry SET hash = '{before}' WHERE seq = {entry.seq}")
    assert verify().fault == "checkpoint"


def test_there_is_nothing_to_sign_twice() -> None:
    assert checkpoint() is None
    notes(1)
    assert checkpoint() is not None
    assert checkpoint() is None


def test_an_action_can_happen_at_another_moment() -> None:
    at = datetime(2026, 9, 1, 8, tzinfo=UTC)
    with moment(at):
        note(BY, 1)
    assert Entry.objects.get().at == at
    assert now() > at


ANY = Event(
    "test.any", "任意",
    {"a": Id, "b": Whole, "c": Number, "d": Code, "e": Codes, "f": Flag, "g": When},
)  # fmt: skip


@given(st.text())
def test_no_field_of_an_event_takes_free_text(text: str) -> None:
    if any(character.isupper() or ord(character) > 127 or character == " " for character in text):
        for name in ANY.fields:
            with pytest.raises(ValueError, match=f"test.any.{name}"):
                ANY.write({name: text})


@pytest.mark.parametrize("values", [{"a": -1}, {"b": True}, {"f": 1}, {"g": datetime(2026, 1, 1)}])  # noqa: DTZ001
def test_a_field_takes_only_what_its_type_says(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        ANY.write(values)


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(ValueError, match="no field 'name'"):
        ANY.write({"name": "x"})
