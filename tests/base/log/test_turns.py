"""Writers of one process take turns, and nobody waits for a turn of their own."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, transaction

from gongzhi.base.log import jobs, turns
from gongzhi.base.log.models import Job
from gongzhi.base.log.turns import in_turn
from gongzhi.watch.exchange.lake.models import Month
from gongzhi.watch.exchange.lake.writing import write


class Waited(Exception):
    pass


class NoLock:
    def __enter__(self) -> None:
        raise Waited

    def __exit__(self, *reason: object) -> None: ...


@pytest.mark.django_db
@pytest.mark.both_databases
def test_inside_a_transaction_nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_turn", NoLock())
    with transaction.atomic(), in_turn():
        assert connection.in_atomic_block


class Counted:
    def __init__(self) -> None:
        self.times = 0

    def __enter__(self) -> None:
        self.times += 1

    def __exit__(self, *reason: object) -> None: ...


@pytest.mark.django_db(transaction=True)
def test_what_goes_on_in_the_background_waits_in_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that catches up writes in one transaction after the other. Who doesn't wait in line
    finds no gap between them, and after its patience "database is locked"."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has many writers")
    Job.objects.all().delete()
    line = Counted()
    monkeypatch.setattr(turns, "_turn", line)
    monkeypatch.setattr(jobs, "_periodic", {"a job": jobs.Periodic("a job", 60, 60, lambda: None)})
    assert jobs.run_due() == ["a job"]
    assert line.times == 2  # taking it, and giving it back
    jobs.mark("a sign of life", every=-1)
    jobs.mark("a sign of life", every=-1)
    assert line.times == 3
    month = Month.objects.create(month="2026-11", changed_seq=1)
    write(month)
    assert line.times == 4


@pytest.mark.django_db(transaction=True)
def test_on_sqlite_a_writer_waits_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has many writers")
    order: list[str] = []

    def second() -> None:
        with turns._turn:
            order.append("second")

    with in_turn():
        waiting = Thread(target=second)
        waiting.start()
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
