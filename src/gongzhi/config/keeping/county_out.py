"""A whole county in open formats: a folder that another county, or anybody's program, can read.

README.md               what is what, in Chinese and English, with every table and column
manifest.json           whose, when, the log's head, the tables in the order they are read in
tables/<table>.jsonl    a row a line; sums/<table>.txt has a line's hash in the same place
files/ab/<name>         photos, papers, evidence, under the hash of what lies there
home/                   own catalogue, layers, lake …
keys.json               the county's keys, sealed with a passphrase that travels apart
SHA256SUMS              of every file; `sha256sum -c SHA256SUMS` checks them
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from gongzhi.config.home import Home
from gongzhi.config.keeping import contents, home_parts
from gongzhi.config.keeping.carrying import Digest, counted, own_counters
from gongzhi.config.keeping.dictionary import readme
from gongzhi.config.keeping.envelope import whole_file
from gongzhi.config.keeping.keys import sealed_keys
from gongzhi.config.keeping.shape import Table, tables
from gongzhi.config.keeping.snapshot import row_count, snapshot
from gongzhi.config.keeping.state import Head, Wont, require_present_version, state_of
from gongzhi.config.keeping.stores import Store
from gongzhi.config.keeping.telling import Bar
from gongzhi.config.keeping.values import line

FORM = "gongzhi county 1"
SUMS = "SHA256SUMS"
SUM_LENGTH = 16
"""Hexadecimal digits of a line's hash."""


@dataclass(frozen=True)
class Exported:
    """What an export came to."""

    rows: int
    files: int
    head: Head
    missing: list[str]


def export_county(to: Path, words: str, bar: Bar) -> Exported:
    """Write this process's county into a folder that isn't there yet. Raises Wont."""
    from django.conf import settings

    home: Home = settings.HOME
    if to.exists() and any(to.iterdir()):
        raise Wont(f"{to} isn't empty. Take a new folder.")
    keys = sealed_keys(home.keys, words)
    part = to.with_name(f".{to.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    try:
        made = _write(part, home, keys, bar)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    if to.exists():
        to.rmdir()
    part.rename(to)
    return made


def _write(part: Path, home: Home, keys: bytes, bar: Bar) -> Exported:
    sums: dict[str, str] = {}
    with snapshot() as store:
        state = state_of(store)
        require_present_version(state)
        all_tables = tables()
        bar.begin("rows", sum(row_count(store, table) for table in all_tables))
        digests = {table.name: _table(part, store, table, sums, bar) for table in all_tables}
        counters = own_counters(store, all_tables)
        names = sorted(set(contents.names(store)))
    missing = _files(part, home, names, sums, bar)
    for path in home_parts.parts(home):
        if path.is_file():
            _copy(part, f"home/{path.relative_to(home.root).as_posix()}", path, sums)
    told = {
        "form": FORM, "at": datetime.now(UTC).isoformat(timespec="seconds"), **state.told(),
        "tables": [{**table.told(), **digests[table.name]} for table in all_tables],
        "counters": counters, "files": len(names), "missing": missing,
    }  # fmt: skip
    _put(part, "manifest.json", _json(told), sums)
    _put(part, "keys.json", keys, sums)
    _put(part, "README.md", readme(told, all_tables).encode(), sums)
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (part / SUMS).write_text(listed, "utf-8")
    rows = sum(one["rows"] for one in digests.values())
    return Exported(rows, len(names) - len(missing), state.head, missing)


def _json(told: dict[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def sum_of(text: str) -> str:
    """A line's hash: enough to find out which of them was changed."""
    return sha256(text.encode()).hexdigest()[:SUM_LENGTH]


def _table(
    part: Path, store: Store, table: Table, sums: dict[str, str], bar: Bar
) -> dict[str, Any]:
    digest, file, beside = Digest(), f"tables/{table.name}.jsonl", f"sums/{table.name}.txt"
    with whole_file(part / file) as rows, whole_file(part / beside) as lines:
        for row in counted(store.read(table), table, bar):
            text = line(table, row)
            digest.add(text)
            rows.write(text.encode() + b"\n")
            lines.write(f"{sum_of(text)}\n".encode())
    sums[file], sums[beside] = rows.sha256, lines.sha256
    return digest.told()


def _files(part: Path, home: Home, names: list[str], sums: dict[str, str], bar: Bar) -> list[str]:
    """Copy the contents; which of them are missing, or aren't what they were."""
    bar.begin("files", len(names))
    missing = []
    for name in names:
        bar(name[:12], 1)
        to = contents.place(part / "files", name)
        try:
            whole = contents.put(contents.read(contents.place(home.files, name)), to, name)
        except OSError:
            whole = False
        if whole:
            sums[to.relative_to(part).as_posix()] = name
        else:
            missing.append(name)
    return missing


def _copy(part: Path, name: str, path: Path, sums: dict[str, str]) -> None:
    with whole_file(part / name) as out:
        for piece in contents.read(path):
            out.write(piece)
    sums[name] = out.sha256


def _put(part: Path, name: str, content: bytes, sums: dict[str, str]) -> None:
    with whole_file(part / name) as out:
        out.write(content)
    sums[name] = out.sha256
