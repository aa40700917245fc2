"""Bringing rows into a county's tables, and comparing what came with what went out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from gongzhi.config.keeping.shape import GIVEN, Table
from gongzhi.config.keeping.state import Wont
from gongzhi.config.keeping.stores import Store, quoted
from gongzhi.config.keeping.values import Row, line

Section = tuple[Table, Iterable[Row]]
"""A table with its rows, in the order of their keys."""
Tell = Callable[[str, int], object]
"""Told now and then how many more rows of a table are done."""


class Digest:
    """What the rows of a table come to: how many, and one hash over all."""

    def __init__(self) -> None:
        self.rows, self._hash = 0, sha256()

    def add(self, text: str) -> None:
        """One more row, as `values.line` writes it."""
        self.rows += 1
        self._hash.update(text.encode())
        self._hash.update(b"\n")

    def told(self) -> dict[str, Any]:
        """For a file."""
        return {"rows": self.rows, "sha256": self._hash.hexdigest()}


def digest_of(store: Store, table: Table, tell: Tell) -> dict[str, Any]:
    """What the rows that stand there come to."""
    found = Digest()
    for row in counted(store.read(table), table, tell):
        found.add(line(table, row))
    return found.told()


def counted(rows: Iterable[Row], table: Table, tell: Tell, every: int = 1000) -> Iterator[Row]:
    """The same rows, telling how many have gone by."""
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if number % every == 0:
            tell(table.name, every)
    tell(table.name, number % every)


def empty_given(store: Store) -> None:
    """Make room for the county's own rows where Django has put its own."""
    for name in GIVEN:
        store.ask(f"DELETE FROM {quoted(name)}")  # noqa: S608


def write_all(store: Store, sections: Iterable[Section]) -> None:
    """Add every section's rows, within the transaction that is open."""
    for table, rows in sections:
        store.write(table, rows)


def own_counters(store: Store, those: Iterable[Table]) -> dict[str, int]:
    """The last key that each of these tables gave."""
    names = {table.name for table in those}
    return {name: seq for name, seq in store.counters().items() if name in names}


def require_same(
    table: Table, wanted: Iterable[Row], found: Iterable[Row], *, where: str = "there"
) -> None:
    """Compare row by row; refuse at the first that differs, naming it."""
    key = table.names.index(table.key)
    for one, other in zip_longest(wanted, found):
        if one != other:
            row = (one or other)[key]
            raise Wont(f"{table.name}, row {row}: {_difference(table, one, other, where)}")


def _difference(table: Table, one: Row | None, other: Row | None, where: str) -> str:
    if one is None:
        return f"is only {where}"
    if other is None:
        return f"is not {where}"
    pairs = zip(table.names, one, other, strict=True)
    return "differs in " + ", ".join(name for name, was, is_ in pairs if was != is_)


def require_digests(
    store: Store, wanted: Mapping[str, Mapping[str, Any]], those: Iterable[Table], tell: Tell
) -> None:
    """Read everything again; refuse where it comes to something else than what was written."""
    for table in those:
        found = digest_of(store, table, tell)
        if found != wanted[table.name]:
            raise Wont(
                f"{table.name}: {found['rows']} rows came of {wanted[table.name]['rows']},"
                " or one of them came otherwise than it was"
            )
