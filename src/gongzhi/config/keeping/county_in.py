"""A county from its export into a fresh one, on either database: nothing lost, nothing changed.

All is read twice: first every line is checked against its sum, and every file against its hash;
then the rows are written, read again, and compared with what the manifest says they come to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

from gongzhi.config.home import Home
from gongzhi.config.keeping import contents
from gongzhi.config.keeping.arriving import arriving, bring_rows, in_one
from gongzhi.config.keeping.carrying import Digest, Section
from gongzhi.config.keeping.county_out import FORM, SUMS, sum_of
from gongzhi.config.keeping.keys import opened_keys, put_keys
from gongzhi.config.keeping.shape import Table
from gongzhi.config.keeping.state import Head, Wont
from gongzhi.config.keeping.telling import Bar
from gongzhi.config.keeping.values import Row, row_of


@dataclass(frozen=True)
class Told:
    """What an export says of itself."""

    head: Head
    migrations: dict[str, list[str]]
    tables: list[Table]
    digests: dict[str, dict[str, Any]]
    counters: dict[str, int]
    missing: list[str]
    files: int

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(one["rows"] for one in self.digests.values())


def import_county(folder: Path, home: Home, words: str, bar: Bar) -> Told:
    """Bring the export into the home. Raises Wont, naming file and line of what is damaged."""
    told = _told(folder)
    keys = opened_keys(_read(folder / "keys.json"), words)
    _check(folder, told, bar)
    with arriving(home, f"import {sha256(_read(folder / SUMS)).hexdigest()}",
                  lambda to: put_keys(keys, to)) as inner:  # fmt: skip
        with in_one():
            _rows(folder, told, bar)
        _copy(folder, "files", inner.files)
        _copy(folder, "home", inner.root)
    return told


def _told(folder: Path) -> Told:
    try:
        told = json.loads(_read(folder / "manifest.json"))
        if told["form"] != FORM:
            raise Wont(f"manifest.json: {told['form']!r} is no form that this version reads.")
        return Told(
            Head(**told["head"]), told["migrations"], [Table.heard(one) for one in told["tables"]],
            {o["table"]: {"rows": o["rows"], "sha256": o["sha256"]} for o in told["tables"]},
            told["counters"], told["missing"], told["files"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as wrong:
        raise Wont(f"manifest.json is damaged: {wrong!r}") from wrong


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise Wont(f"{path.name} can't be read: {wrong.strerror}") from wrong


def _check(folder: Path, told: Told, bar: Bar) -> None:
    """Everything, before anything is written; tables first, for they can name the line."""
    bar.begin("checking", told.rows)
    for table in told.tables:
        for _number, _text in _lines(folder, table):
            bar(table.name, 1)
    listed = _read(folder / SUMS).decode().splitlines()
    bar.begin("checking files", len(listed))
    for one in listed:
        wanted, _space, name = one.partition("  ")
        bar(name[-40:], 1)
        if not _inside(folder, name) or not contents.is_whole(folder / name, wanted):
            raise Wont(f"{name} is damaged or missing.")


def _inside(folder: Path, name: str) -> bool:
    return (folder / name).resolve().is_relative_to(folder.resolve())


def _lines(folder: Path, table: Table) -> Iterator[tuple[int, str]]:
    """Number and text of each line. Raises Wont at the first that isn't what was written."""
    name = f"tables/{table.name}.jsonl"
    try:
        with (
            (folder / name).open(encoding="utf-8", newline="\n") as rows,
            (folder / "sums" / f"{table.name}.txt").open(encoding="ascii") as sums,
        ):
            for number, (text, wanted) in enumerate(zip_longest(rows, sums), 1):
                if text is None or wanted is None:
                    what = "lines are missing from here" if text is None else "was added"
                    raise Wont(f"{name}, line {number}: {what}")
                if sum_of(text.removesuffix("\n")) != wanted.strip():
                    raise Wont(f"{name}, line {number}: isn't what was written")
                yield number, text.removesuffix("\n")
    except (OSError, UnicodeError) as wrong:
        raise Wont(f"{name} can't be read: {wrong}") from wrong


class _Sections:
    """The files as `bring_rows` wants them."""

    def __init__(self, folder: Path, told: Told, bar: Bar) -> None:
        self._folder, self._bar = folder, bar
        self.tables, self.digests = told.tables, told.digests
        self.counters: dict[str, int] | None = told.counters

    def sections(self) -> Iterator[Section]:
        """Each table with its rows."""
        for table in self.tables:
            yield table, self._rows(table)

    def _rows(self, table: Table) -> Iterator[Row]:
        digest = Digest()
        for number, text in _lines(self._folder, table):
            digest.add(text)
            self._bar(table.name, 1)
            try:
                yield row_of(table, text)
            except ValueError as wrong:
                raise Wont(f"tables/{table.name}.jsonl, line {number}: {wrong}") from wrong
        if digest.told() != self.digests[table.name]:
            raise Wont(f"tables/{table.name}.jsonl isn't what manifest.json says.")


def _rows(folder: Path, told: Told, bar: Bar) -> None:
    from gongzhi.config.keeping.found_as import make_tables

    bar.begin("rows", 2 * told.rows)
    sections = _Sections(folder, told, bar)
    bring_rows(sections, lambda: make_tables(told.migrations), told.head, bar)


def _copy(folder: Path, part: str, to: Path) -> None:
    for path in sorted((folder / part).rglob("*")):
        if path.is_file():
            place = to / path.relative_to(folder / part)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as out:
                for piece in contents.read(path):
                    out.write(piece)
