"""A county comes into an empty home: as a whole, or not at all.

All is put together in the folder ``.arriving`` of the home and moved up when it is whole, compared
and checked; on PostgreSQL the rows come in one transaction. What was stopped goes on: files that
have come stay. What is found to be wrong leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from gongzhi.config.begin import begin
from gongzhi.config.home import Home
from gongzhi.config.keeping.carrying import Section, Tell, empty_given, require_digests
from gongzhi.config.keeping.shape import Table
from gongzhi.config.keeping.state import Head, Wont, is_fresh, require_log
from gongzhi.config.keeping.stores import SqliteStore, Store, django_store, own_store

_WHICH = "which"
"""The file that says what is arriving."""
MAY_BE_THERE = frozenset({"keys", ".arriving", "static", "county.sqlite3", "tries.sqlite3"})
"""What a home may have in it where nothing has happened yet."""


def home_of(home: Path | None) -> Home:
    """The home that a county is to come into."""
    if home is not None:
        os.environ["GONGZHI_HOME"] = str(home)
    return Home.from_environment()


@contextmanager
def arriving(home: Home, which: str, keys: Callable[[Path], object]) -> Iterator[Home]:
    """The home within the home. `which` names what comes: the same goes on where it was stopped.

    `keys` puts the keys into the folder it is given, before Django reads its settings.
    """
    _require_empty(home)
    inner = Home(home.arriving)
    note = inner.root / _WHICH
    if inner.root.exists() and (not note.exists() or note.read_text("utf-8") != which):
        shutil.rmtree(inner.root)
    inner.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    note.write_text(which, "utf-8")
    for path in inner.root.glob("county.sqlite3*"):
        path.unlink()
    try:
        keys(inner.keys)
        begin(inner.root, moving=True)
        _require_empty_database(home)
        yield inner
        _move_up(home, inner)
    except (Wont, ValueError) as wrong:
        shutil.rmtree(inner.root, ignore_errors=True)
        raise wrong if isinstance(wrong, Wont) else Wont(str(wrong)) from wrong


def _require_empty(home: Home) -> None:
    there = {path.name for path in home.root.iterdir()} if home.root.is_dir() else set()
    names = {name.removesuffix("-wal").removesuffix("-shm") for name in there}
    if names - MAY_BE_THERE:
        more = ", ".join(sorted(names - MAY_BE_THERE))
        raise Wont(f"{home.root} isn't empty ({more}). Take an empty home.")


def _require_empty_database(home: Home) -> None:
    """Refuse where something has happened already; a county that was only founded makes room."""
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        if not home.database.exists():
            return
        store: Store = SqliteStore.at(home.database)
    else:
        store = own_store()
    try:
        if not is_fresh(store):
            raise Wont("There is a county in this database already. Take an empty one.")
    finally:
        store.close()


@contextmanager
def in_one() -> Iterator[None]:
    """On PostgreSQL one transaction for all that is done to the database; on SQLite the file is
    nobody's yet, and needs none."""
    from django.db import connection, transaction

    if connection.vendor == "sqlite":
        yield
    else:
        with transaction.atomic():
            yield


class Rows(Protocol):
    """Rows as they come, with what they must come to (known once all have gone by)."""

    tables: list[Table]
    digests: dict[str, dict[str, Any]]
    counters: dict[str, int] | None

    def sections(self) -> Iterator[Section]:
        """Each table with its rows."""


def bring_rows(heard: Rows, make: Callable[[], object], head: Head, tell: Tell) -> None:
    """Make the tables, write the rows, read them again, and check the log; inside `in_one`."""
    from gongzhi.config.keeping.found_as import bring_up_to_date

    make()
    with writing() as store:
        empty_given(store)
        for table, rows in heard.sections():
            store.write(table, rows)
        store.set_counters(heard.counters or {})
        _check_references(store)
    with reading() as store:
        require_digests(store, heard.digests, heard.tables, tell)
    bring_up_to_date()
    require_log(head)


def _check_references(store: Store) -> None:
    """Now, and not when the transaction ends: PostgreSQL changes no table that waits for it."""
    if store.vendor == "postgresql":
        store.ask("SET CONSTRAINTS ALL IMMEDIATE")
        store.ask("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def writing() -> Iterator[Store]:
    """The store to write rows to, in one transaction. It is Django's own connection, which knows
    the functions that some constraints ask for."""
    from django.db import connection, transaction

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # nobody was told yet that it is there
    with transaction.atomic():
        store = django_store()
        if store.vendor == "postgresql":  # a migration before may have left them otherwise
            store.ask("SET CONSTRAINTS ALL DEFERRED")
        yield store


@contextmanager
def reading() -> Iterator[Store]:
    """The store to read rows from, all of one moment."""
    from django.db import transaction

    with transaction.atomic():
        yield django_store()


def _settle() -> None:
    """Let nothing of what was emptied lie in the file, and the file on the disk for good."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _move_up(home: Home, inner: Home) -> None:
    """Everything from the inner home into the outer one; the database last, so that a county is
    there only when all of it is."""
    _settle()
    (inner.root / _WHICH).unlink()
    for name in (
        "county.sqlite3",
        "county.sqlite3-wal",
        "county.sqlite3-shm",
        "static",
        "tries.sqlite3",
    ):
        _remove(home.root / name)
    names = sorted(path.name for path in inner.root.iterdir())
    for name in sorted(names, key=lambda one: (one.startswith("county.sqlite3"), one)):
        _remove(home.root / name)
        (inner.root / name).rename(home.root / name)
    inner.root.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
