"""Writers of one process take turns, and nobody waits for a turn of their own."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, transaction

from gongzhi.base.log import turns
from gongzhi.base.log.turns import in_turn


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
