"""An embedded county to PostgreSQL: every row, compared, with the old one put aside at the end.

The source is held alone for as long as it takes, so nothing is written meanwhile. What has come is
committed table by table; stopped in between, it goes on behind the last row that is there. Until
all is compared, a table `county_arriving` says that the new database isn't a county yet.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from gongzhi.config.home import Home
from gongzhi.config.keeping.carrying import counted, empty_given, own_counters, require_same
from gongzhi.config.keeping.shape import GIVEN, Group, Table, groups, tables
from gongzhi.config.keeping.snapshot import row_count
from gongzhi.config.keeping.state import (
    Head,
    State,
    Wont,
    is_fresh,
    require_log,
    require_present_version,
    state_of,
)
from gongzhi.config.keeping.stores import (
    PostgresStore,
    SqliteStore,
    batches,
    own_store,
    quoted,
    sorted_key,
)
from gongzhi.config.keeping.telling import Bar
from gongzhi.config.keeping.values import FROM_POSTGRESQL
from gongzhi.config.tables import ARRIVING


@dataclass(frozen=True)
class Moved:
    """What a move came to."""

    rows: int
    head: Head
    kept: Path


def move_county(bar: Bar) -> Moved:
    """Move this home's embedded county to the database of the settings. Raises Wont."""
    from django.conf import settings

    home: Home = settings.HOME
    with held_alone(home.database) as source:
        state = state_of(source)
        require_present_version(state)
        target = _target(state)
        try:
            rows = _carry(source, target, bar)
            _compare(source, target, state, bar)
            target.ask(f"DROP TABLE {ARRIVING}")
        finally:
            target.close()
    kept = _put_aside(home, settings.DATABASE_URL, state)
    return Moved(rows, state.head, kept)


@contextmanager
def held_alone(path: Path) -> Iterator[SqliteStore]:
    """The embedded database, with nobody else in it. Refuses while the county is running.

    Leaving WAL needs the file for oneself, which no other connection, idle or not, lets happen.
    """
    if not path.exists():
        raise Wont(f"There is no embedded county: {path} is not there.")
    source = SqliteStore.at(path, write=True)
    try:
        source.ask("PRAGMA busy_timeout=1000")
        source.ask("PRAGMA locking_mode=EXCLUSIVE")
        try:
            source.ask("PRAGMA journal_mode=DELETE")
            source.ask("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as wrong:
            raise Wont("The county is running. Stop it first, and what follows its log.") from wrong
        yield source
    finally:
        source.close()


def _target(state: State) -> PostgresStore:
    """The new database with its tables: empty, or where an earlier try of this county ended."""
    target = own_store()
    assert isinstance(target, PostgresStore)  # noqa: S101  (the command set its address)
    there = target.tables()
    if ARRIVING in there:
        ((county,),) = target.ask(f"SELECT county FROM {ARRIVING}")  # noqa: S608
        if county != _name(state):
            raise Wont("Another county is on its way into this database. Take an empty one.")
        return target
    if not is_fresh(target):
        raise Wont("There is a county in this database already. Take an empty one.")
    target.ask(f"CREATE TABLE {ARRIVING} (county varchar(80) NOT NULL)")
    target.ask(f"INSERT INTO {ARRIVING} VALUES (?)", [_name(state)])  # noqa: S608
    return target


def _name(state: State) -> str:
    return state.county or "no entry yet"


def _carry(source: SqliteStore, target: PostgresStore, bar: Bar) -> int:
    from gongzhi.config.tables import found_tables

    found_tables()
    all_tables = tables()
    total = sum(row_count(source, table) for table in all_tables)
    bar.begin("moving", total)
    _empty_once(source, target)
    for group in groups(all_tables):
        _carry_group(source, target, group, bar)
    target.begin()
    target.set_counters(own_counters(source, all_tables))
    target.commit()
    return total


def _empty_once(source: SqliteStore, target: PostgresStore) -> None:
    """Take Django's own rows away, unless ours have come in their place by now."""
    given = [table for table in tables() if table.name in GIVEN]
    target.begin()
    if any(list(source.read(one)) != list(target.read(one)) for one in given):
        empty_given(target)
    target.commit()


def _carry_group(source: SqliteStore, target: PostgresStore, group: Group, bar: Bar) -> None:
    """A table in stretches; those of a circle as a whole, for each row needs the others."""
    if group[0].circle:
        _carry_circle(source, target, group, bar)
        return
    (table,) = group
    last = _last_key(target, table)
    for batch in batches(counted(source.read(table, after=last), table, bar)):
        target.begin()
        target.write(table, batch)
        target.commit()


def _carry_circle(source: SqliteStore, target: PostgresStore, group: Group, bar: Bar) -> None:
    if any(_last_key(target, one) is not None for one in group):
        return  # committed as a whole by an earlier try
    target.begin()
    for table in group:
        target.write(table, counted(source.read(table), table, bar))
    target.commit()


def _last_key(target: PostgresStore, table: Table) -> Any:
    """The key of the last row that has come; None before the first."""
    key, by = quoted(table.key), sorted_key(table)
    last = target.ask(f"SELECT {key} FROM {quoted(table.name)} ORDER BY {by} DESC LIMIT 1")  # noqa: S608
    return FROM_POSTGRESQL[table.key_kind](last[0][0]) if last else None


def _compare(source: SqliteStore, target: PostgresStore, state: State, bar: Bar) -> None:
    """Row by row, then the counters, then the log's own arithmetic."""
    all_tables = tables()
    bar.begin("comparing", sum(row_count(source, table) for table in all_tables))
    target.begin()
    for table in all_tables:
        require_same(table, counted(source.read(table), table, bar), target.read(table))
    if own_counters(source, all_tables) != own_counters(target, all_tables):
        raise Wont("The tables would not go on counting where they were.")
    target.commit()
    require_log(state.head)


def _put_aside(home: Home, url: str, state: State) -> Path:
    """Keep the old file, under a name that nothing opens, and say where the county lives now."""
    told = {"to": _without_password(url), "seq": state.head.seq, "hash": state.head.hash}
    home.moved.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    home.database.rename(home.moved_database)
    home.moved_database.chmod(0o400)
    return home.moved_database


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    named = parts.netloc.rpartition("@")
    user = named[0].partition(":")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@{named[2]}" if user else named[2], query=""))
