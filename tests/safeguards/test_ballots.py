"""With the whole database in hand nobody can tell who cast which ballot.

Three things are held: every voter's request fits every ballot equally well (blinding), nothing that
is stored keeps the order in which people came (boxes, the log), and what is stored while a vote
runs is opaque.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import OperationalError, connection

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.work.proposals import actions, blind
from gongzhi.work.proposals.ballots import message
from gongzhi.work.proposals.keys import rights_key, signing_key
from gongzhi.work.proposals.models import Box, Vote
from gongzhi.work.proposals.rights import mark_in
from tests.work.proposals.hands import (
    RESIDENT,
    SYSTEM,
    account,
    drawn,
    ended,
    mark,
    opened,
    signed,
    voted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAPER = "330921195001010017"
PHONES = [f"1380000000{n}" for n in range(6)]


def cells() -> Iterator[tuple[str, str]]:
    """Every column of every row of every table, with what the database itself adds of order."""
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid::text || ' ' || xmin::text"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            try:
                cursor.execute(f"SELECT {hidden}, t.* FROM {quoted} t")
            except OperationalError:  # a table without rowid
                cursor.execute(f"SELECT '', t.* FROM {quoted} t")
            for row in cursor.fetchall():
                for value in row:
                    plain = bytes(value) if isinstance(value, memoryview) else value
                    text = plain.decode("latin-1") if isinstance(plain, bytes) else str(plain)
                    yield table, text


def stored(words: str) -> set[str]:
    """The tables in which these words stand."""
    return {table for table, text in cells() if words in text}


def physical() -> list[tuple[Any, ...]]:
    """The counted ballots' rows, with where they lie and which transaction wrote them."""
    extra = "rowid, 0" if connection.vendor == "sqlite" else "ctid::text, xmin::text"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {extra}, low, content FROM proposals_box ORDER BY 1")
        return cursor.fetchall()


def test_every_request_fits_every_ballot() -> None:
    """Whoever holds even the private key finds, for each voter's request and each ballot, the
    blinding with which that voter would have made that very request for that ballot."""
    vote = opened()
    requests = [drawn(vote, choice) for choice in ("a", "b", "c", "a,b")]
    ballots = [signed(vote, PHONES[n], one) for n, one in enumerate(requests)]
    key = blind._private(signing_key(vote)).private_numbers()
    n, e = key.public_numbers.n, key.public_numbers.e
    for one in requests:
        for ballot in ballots:
            z = int.from_bytes(one.blinded.sent, "big")
            m = pow(int.from_bytes(ballot.signature, "big"), e, n)
            r = pow(z * pow(m, -1, n) % n, key.d, n)  # the blinding that explains it
            assert m * pow(r, e, n) % n == z
            answer = blind.blind_sign(signing_key(vote), one.blinded.sent)
            told = message(vote.paper, ballot.token, ballot.choice)
            public = bytes(vote.public_key or b"")
            taken_off = blind.finalize(public, told, answer, pow(r, -1, n))
            assert taken_off == ballot.signature


def test_while_it_runs_neither_phone_mark_number_nor_choice_can_be_read() -> None:
    vote = opened()
    ballots = [voted(vote, phone, "a,c") for phone in PHONES]
    for phone, ballot in zip(PHONES, ballots, strict=True):
        for words in (phone, mark(vote, phone), ballot.token, '"a,c"'):
            assert stored(words) == set(), words


def test_after_the_count_the_marks_are_nowhere_and_the_ballots_in_one_place() -> None:
    vote = opened()
    ballots = [voted(vote, phone) for phone in PHONES]
    with moment(ended(vote)):
        actions.count_vote(SYSTEM, vote)
    assert all(stored(mark(vote, phone)) == set() for phone in PHONES)
    assert all(stored(ballot.token) == {"proposals_box"} for ballot in ballots)


def test_whatever_the_order_in_which_people_came_the_same_is_stored() -> None:
    """The same six ballots, signed in one order and cast in another: not a byte is different."""
    vote = opened()
    ballots = [signed(vote, phone, drawn(vote, "ab"[n % 2])) for n, phone in enumerate(PHONES)]
    before = bytes(vote.secret or b"")
    kept = []
    for order in list(permutations(ballots))[::101]:
        for ballot in order:
            actions.cast_ballot(RESIDENT, vote, ballot)
        with moment(ended(vote)):
            actions.count_vote(SYSTEM, vote)
        rows = physical()
        assert len({row[1] for row in rows}) == 1  # one transaction wrote them all
        kept.append([(row[2], bytes(row[3])) for row in rows])
        Box.objects.all().delete()
        Vote.objects.filter(pk=vote.pk).update(counted_at=None, secret=before)
    assert len(kept) == 8
    assert all(one == kept[0] for one in kept)
    assert [row[2] for row in physical()] == []


def test_the_log_says_of_a_ballot_that_there_was_one() -> None:
    """No number, no mark, no choice, and of two ballots the same but for the time."""
    vote = opened()
    at = datetime(2026, 11, 29, 12, tzinfo=UTC)
    for minute, phone in enumerate(PHONES):
        with moment(at + timedelta(minutes=minute)):
            voted(vote, phone)
    for kind, text in (("ballot_signed", '{"again":false}'), ("ballot_cast", "{}")):
        entries = Entry.objects.filter(kind=f"proposals.{kind}")
        assert {(one.by, one.subject, one.text.replace(" ", "")) for one in entries} == {
            ("resident", f"proposals.vote:{vote.pk}", text)
        }
        assert entries.count() == len(PHONES)


def test_a_box_of_a_running_vote_is_never_one_person_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """The transaction that last wrote a box tells when somebody in it came: once there is more
    than one box, that is one of many."""
    monkeypatch.setattr("gongzhi.work.proposals.boxes.FULL", 8)
    vote = opened()
    for n in range(9):
        voted(vote, f"139000000{n:02}")
    for kind in ("marks", "ballots"):
        sizes = [box.many for box in Box.objects.filter(vote=vote, kind=kind)]
        assert len(sizes) == 2
        assert min(sizes) >= 4


def test_a_right_given_at_a_counter_leaves_no_number_code_or_mark() -> None:
    """One entry on the log, the same for somebody who has voted already: neither the database nor
    the clerk can tell who did."""
    vote, by = opened(), Actor.account(account("counter_clerk"))
    right = actions.give_right(by, vote, PAPER)
    one = drawn(vote)
    signed_now = actions.sign_for_right(RESIDENT, vote, right=right, blinded=one.blinded.sent)
    actions.cast_ballot(RESIDENT, vote, one.signed(signed_now))
    boxes = list(Box.objects.values_list("content", flat=True))
    assert actions.give_right(by, vote, PAPER) == right
    actions.give_right(by, vote, "E12345678")
    assert list(Box.objects.values_list("content", flat=True)) == boxes
    texts = Entry.objects.filter(kind="proposals.right_given").values_list("text", flat=True)
    assert (len(texts), len(set(texts))) == (3, 1)
    there = mark_in(rights_key(vote), right)
    assert there
    assert [stored(one) for one in (PAPER, right, right.replace("-", ""), there)] == [set()] * 4


def test_two_votes_marks_cannot_be_joined() -> None:
    first, second = opened(), opened()
    assert mark(first, PHONES[0]) != mark(second, PHONES[0])
