"""Readers: each entry once, in order, whatever fails on the way and however many there are."""

from __future__ import annotations

import logging
import math
from threading import Event as Stop
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.base.log import chain, readers
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event, Whole
from gongzhi.base.log.models import Cursor, Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.people.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BY = Actor.system("test")
TRIED = Event("test.tried", "试过", {"n": Whole})


def entries(count: int) -> None:
    drafts = [chain.draft(now(), "system:test", "test.tried", "test:1", {}) for _ in range(count)]
    chain.append(drafts)


@action
def note(by: Actor, n: int) -> None:
    record(TRIED, "test:1", n=n)


def mark(entry: Entry) -> None:
    """A write that shows in the database which entry was read."""
    Unit.objects.create(code=f"{entry.seq}", kind="station", name_zh="所", name_en="x")


def marked() -> list[int]:
    return [int(code) for code in Unit.objects.order_by("pk").values_list("code", flat=True)]


def test_what_fails_is_met_again_and_what_came_before_it_is_done_once() -> None:
    entries(5)
    broken = {3}

    def fails(entry: Entry) -> None:
        mark(entry)
        if entry.seq in broken:
            raise ValueError("not yet")

    with pytest.raises(ValueError, match="not yet"):
        readers.advance("probe", fails)
    assert marked() == [1, 2]
    assert Cursor.objects.get().seq == 2
    broken.clear()
    assert readers.advance("probe", fails) == 3
    assert readers.advance("probe", fails) == 0
    assert marked() == [1, 2, 3, 4, 5]


def test_many_entries_move_the_cursor_once() -> None:
    entries(300)
    with (
        patch.object(readers, "BATCH_SECONDS", 60),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        assert readers.advance("probe", lambda entry: None) == 300
    assert len(asked) < 12
    assert Cursor.objects.get().seq == 300


def test_a_batch_ends_when_it_has_taken_long_enough() -> None:
    entries(10)
    with patch.object(readers, "BATCH_SECONDS", -1):
        assert readers.advance("probe", mark) == 1
    assert marked() == [1]


def test_a_reader_that_acts_gives_the_logs_lock_back_at_once() -> None:
    entries(3)
    assert readers.advance("probe", lambda entry: note(BY, entry.seq)) == 1
    assert Entry.objects.count() == 4
    assert verify().holds


def test_two_of_one_name_are_refused() -> None:
    with patch.dict(readers._readers, clear=True):
        readers.reader("probe")(mark)
        with pytest.raises(ValueError, match="two readers named probe"):
            readers.reader("probe")(mark)


def test_one_that_fails_waits_and_does_not_hold_up_the_others(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries(2)
    monkeypatch.setattr(readers, "BATCH_SECONDS", math.inf)  # a slow machine read one at a time

    def broken(entry: Entry) -> None:
        raise ValueError("never")

    both = [readers._Follower("broken", broken), readers._Follower("probe", mark)]
    with caplog.at_level(logging.ERROR):
        assert readers._round(both) == 2
        assert readers._round(both) == 0
    assert marked() == [1, 2]
    assert caplog.text.count("the reader broken failed; next try in 0.5 s") == 1


def test_following_ends_when_it_is_told_to() -> None:
    stop = Stop()
    stop.set()
    with patch.object(readers.jobs, "work", lambda stop: None):
        readers.follow(stop)
