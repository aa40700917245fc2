"""The database's part of a backup: lines of JSON, packed with gzip on their way.

{"table": …, "key": …, "columns": …}    then its rows, a line each, in the order of their keys
{"end": …, "rows": …, "sha256": …}      after each table
{"counters": {…}}                       the last line
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from gongzhi.config.keeping.carrying import Digest, Section, Tell, counted, own_counters
from gongzhi.config.keeping.shape import Table
from gongzhi.config.keeping.state import Wont
from gongzhi.config.keeping.stores import Store
from gongzhi.config.keeping.values import Row, line, row_of

_GZIP = 16 + zlib.MAX_WBITS
_AT_ONCE = 64 * 1024


def packed(lines: Iterable[str]) -> Iterator[bytes]:
    """The lines, as gzip."""
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    held: list[str] = []
    size = 0
    for one in lines:
        held.append(one)
        size += len(one)
        if size > _AT_ONCE:
            yield packer.compress(("\n".join(held) + "\n").encode())
            held, size = [], 0
    if held:
        yield packer.compress(("\n".join(held) + "\n").encode())
    yield packer.flush()


def unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What was packed, in pieces of bounded length."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            left = piece
            while left:
                yield unpacker.decompress(left, _AT_ONCE)
                left = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as wrong:
        raise Wont(f"The packed rows are damaged: {wrong}") from wrong


def told(store: Store, all_tables: Iterable[Table], tell: Tell) -> Iterator[str]:
    """All lines of a county's database, within the transaction that is open."""
    those = list(all_tables)
    for table in those:
        yield json.dumps(table.told())
        digest = Digest()
        for row in counted(store.read(table), table, tell):
            text = line(table, row)
            digest.add(text)
            yield text
        yield json.dumps({"end": table.name, **digest.told()})
    yield json.dumps({"counters": own_counters(store, those)})


class Heard:
    """Reads such lines: `sections` once, then `digests` and `counters` are what they told."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.tables: list[Table] = []
        self.digests: dict[str, dict[str, Any]] = {}
        self.counters: dict[str, int] | None = None

    def sections(self) -> Iterator[Section]:
        """Each table with its rows; read them before asking for the next."""
        for text in self._lines:
            head = json.loads(text)
            if "counters" in head:
                self.counters = dict(head["counters"])
                return
            table = Table.heard(head)
            self.tables.append(table)
            yield table, self._rows(table)
        raise Wont("The rows end too early: the backup was cut off.")

    def _rows(self, table: Table) -> Iterator[Row]:
        digest = Digest()
        for text in self._lines:
            if text.startswith('{"end": '):
                self.digests[table.name] = digest.told()
                if json.loads(text) != {"end": table.name, **digest.told()}:
                    raise Wont(f"{table.name} isn't what was written: the backup is damaged.")
                return
            digest.add(text)
            yield row_of(table, text)
        raise Wont(f"The rows of {table.name} end too early: the backup was cut off.")
