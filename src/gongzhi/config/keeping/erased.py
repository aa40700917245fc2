"""What was erased after a backup was made must not come back with it.

Each backup, and `gongzhi backup --erased-only` between two, tells what the log says was erased, and
how the rows concerned were left: empty, or gone. A backup that is restored is brought to that state
before anybody sees it. Only what the log names counts: rows that an accident took do come back.

What is erased because of its age (positions, drafts, proofs) needs none of this: the jobs that
erase it look at how old it is, and find it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongzhi.config.keeping.shape import Table
from gongzhi.config.keeping.state import LOG
from gongzhi.config.keeping.stores import Store
from gongzhi.config.keeping.values import Row, line, row_of

ON_PURPOSE = frozenset({
    "appointments.contact_erased", "appraisal.background_erased", "calls.words_erased",
    "command.words_erased", "complaints.words_erased", "dossier.case_erased", "dossier.file_gone",
    "files.file_erased",
    "files.key_destroyed", "matters.told_erased", "notices.all_ended", "notices.unsubscribed",
    "participation.words_erased",
    "people.person_erased", "personal.words_erased", "problems.words_erased",
    "proposals.comment_erased",
    "proposals.text_removed", "proposals.words_erased", "public_services.form_erased",
    "public_services.words_erased", "replay.lesson_erased", "volunteering.contact_erased",
})  # fmt: skip
"""Events by which somebody decided that something be forgotten."""
BY_AGE = frozenset({
    "alerts.alerts_forgotten", "crews.receipts_dropped", "dispatch.position_dropped",
    "officers.leave_words_erased", "personal.contacts_let_go", "plans.units_forgotten",
    "reach.proofs_erased", "receiving.received_forgotten",
})  # fmt: skip
"""Events of what is forgotten after some days, again and again."""
OF_ALL = {"appraisal.background_erased": "appraisal.background"}
"""Events that don't say whose it was: every row of this model is looked at."""
DEPTH = 3
"""How far from what an event names a row can be that was erased with it: an answer's file, say."""
STAYS = frozenset({LOG, "log_checkpoint", "matters_matter", "warnings_message"})
"""Tables whose rows no erasure takes away."""
_AT_ONCE = 500
Rows = dict[str, dict[Any, Row]]
"""Rows by table and key."""


@dataclass
class Told:
    """What a backup says was erased, and how it was left."""

    entries: list[tuple[int, str, str]] = field(default_factory=list)
    """Position, kind and subject."""
    rows: Rows = field(default_factory=dict)


def told(store: Store, all_tables: Iterable[Table], since: int) -> Iterator[str]:
    """The lines of it, within the transaction that is open; of entries after `since`."""
    those = list(all_tables)
    entries = _entries(store, since)
    for seq, kind, subject in entries:
        yield json.dumps({"entry": [seq, kind, subject]})
    rows = concerned(store, those, subjects_of(entries))
    for table in those:
        if rows.get(table.name):
            yield json.dumps(table.told())
            yield from (line(table, row) for row in rows[table.name].values())


def heard(lines: Iterable[str]) -> Told:
    """What such lines tell. Raises ValueError."""
    found, table = Told(), None
    for text in lines:
        if text.startswith('{"entry": '):
            seq, kind, subject = json.loads(text)["entry"]
            found.entries.append((int(seq), str(kind), str(subject)))
        elif text.startswith('{"table": '):
            table = Table.heard(json.loads(text))
            found.rows[table.name] = {}
        elif table is not None:
            row = row_of(table, text)
            found.rows[table.name][row[table.names.index(table.key)]] = row
    return found


def subjects_of(entries: Iterable[tuple[int, str, str]]) -> set[str]:
    """What these entries are about; ``app.model:*`` stands for every row."""
    return {f"{OF_ALL[kind]}:*" if kind in OF_ALL else subject for _seq, kind, subject in entries}


def _entries(store: Store, since: int) -> list[tuple[int, str, str]]:
    marks = ", ".join("?" * len(ON_PURPOSE))
    statement = (
        f"SELECT seq, kind, subject FROM {LOG}"  # noqa: S608
        f" WHERE kind IN ({marks}) AND seq > ? ORDER BY seq"
    )
    return [(int(a), b, c) for a, b, c in store.ask(statement, [*sorted(ON_PURPOSE), since])]


def concerned(store: Store, all_tables: Iterable[Table], subjects: Iterable[str]) -> Rows:
    """The rows that the subjects name, and those that refer to them, to some depth."""
    those = {table.name: table for table in all_tables}
    children = _children(those.values())
    found, fresh = dict[str, dict[Any, Row]](), _named(store, those, subjects)
    for _step in range(DEPTH + 1):
        _add(found, fresh)
        fresh = _referring(store, those, children, fresh, found)
    return found


def _named(store: Store, those: Mapping[str, Table], subjects: Iterable[str]) -> Rows:
    """The rows themselves; and the keys to a subject's files, which know it by its name."""
    asked: dict[str, set[int]] = {}
    names = set(subjects)
    for subject in names:
        label, _colon, key = subject.partition(":")
        table = _table_of(label)
        if table in those and key.isdecimal():
            asked.setdefault(table, set()).add(int(key))
    rows = {name: _read(store, those[name], those[name].key, keys) for name, keys in asked.items()}
    for name in (one for one in names if one.endswith(":*")):
        whole = those[_table_of(name[:-2])]
        place = whole.names.index(whole.key)
        rows[whole.name] = {row[place]: row for row in store.read(whole)}
    # A row that is gone is still somebody's parent: its key stands for it.
    for name, keys in asked.items():
        rows[name] |= {key: () for key in keys if key not in rows[name]}
    keys_table = those["files_subjectkey"]
    return {**rows, keys_table.name: _read(store, keys_table, "subject", names)}


def _table_of(label: str) -> str:
    from django.apps import apps

    try:
        return str(apps.get_model(label)._meta.db_table)  # noqa: SLF001  (documented API)
    except (LookupError, ValueError):
        return ""


def _children(those: Iterable[Table]) -> dict[str, list[tuple[str, str]]]:
    """Who refers to each table, by which column; not the table itself."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table in those:
        for column, other in table.refers.items():
            if other != table.name and table.name not in STAYS:
                found.setdefault(other, []).append((table.name, column))
    return found


def _referring(
    store: Store, those: Mapping[str, Table], children: Mapping[str, list[tuple[str, str]]],
    fresh: Rows, found: Rows,
) -> Rows:  # fmt: skip
    further: Rows = {}
    for name, rows in fresh.items():
        for child, column in children.get(name, ()):
            read = _read(store, those[child], column, rows)
            known = found.get(child, {})
            further.setdefault(child, {}).update({k: r for k, r in read.items() if k not in known})
    return further


def _read(store: Store, table: Table, column: str, values: Iterable[Any]) -> dict[Any, Row]:
    wanted, key, found = sorted(values), table.names.index(table.key), dict[Any, Row]()
    for start in range(0, len(wanted), _AT_ONCE):
        for row in store.read_where(table, column, wanted[start : start + _AT_ONCE]):
            found[row[key]] = row
    return found


def _add(found: Rows, more: Rows) -> None:
    for name, rows in more.items():
        found.setdefault(name, {}).update({key: row for key, row in rows.items() if row})
