"""The county as it is at one moment, for as long as it takes to read it; nobody waits for that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gongzhi.config.keeping.shape import Table
from gongzhi.config.keeping.stores import Store, own_store, quoted


@contextmanager
def snapshot() -> Iterator[Store]:
    """This process's county. Its first question fixes the moment."""
    store = own_store()
    try:
        store.begin()
        yield store
    finally:
        store.rollback()
        store.close()


def row_count(store: Store, table: Table) -> int:
    """How many rows a table has."""
    ((rows,),) = store.ask(f"SELECT count(*) FROM {quoted(table.name)}")  # noqa: S608
    return int(rows)
