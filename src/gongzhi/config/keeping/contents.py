"""The contents of stored files, by the names under which rows know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from gongzhi.config.keeping.envelope import whole_file
from gongzhi.config.keeping.shape import Table, tables
from gongzhi.config.keeping.stores import Store

FILES = "files_storedfile"
PIECE = 256 * 1024


def names(store: Store) -> Iterator[str]:
    """Every content that a row of this county names; some twice."""
    table = next(table for table in tables() if table.name == FILES)
    yield from names_of(table, store.read(table))


def names_of(table: Table, rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    """Those of these rows: a sealed file lies under the hash of what is sealed."""
    place = {name: number for number, name in enumerate(table.names)}
    for row in rows:
        sealed = row[place["key_id"]] is not None
        which = ("sealed_as", "small_sealed_as") if sealed else ("sha256", "thumbnail")
        yield from (str(row[place[one]]) for one in which if row[place[one]])


def is_whole(path: Path, name: str) -> bool:
    """Whether the content is there, and what its name says."""
    digest = sha256()
    try:
        for piece in read(path):
            digest.update(piece)
    except OSError:
        return False
    return digest.hexdigest() == name


def read(path: Path) -> Iterator[bytes]:
    """A file in pieces."""
    with path.open("rb") as content:
        yield from iter(lambda: content.read(PIECE), b"")


def put(pieces: Iterable[bytes], path: Path, name: str) -> bool:
    """Write a content to its place; False, and nothing, when it isn't what its name says."""
    digest = sha256()
    with whole_file(path.with_name(f".{name}.arriving")) as out:
        for piece in pieces:
            digest.update(piece)
            out.write(piece)
    came = path.with_name(f".{name}.arriving")
    if digest.hexdigest() != name:
        came.unlink()
        return False
    came.replace(path)
    return True


def place(root: Path, name: str) -> Path:
    """Where a content lies below a folder of contents."""
    return root / name[:2] / name
