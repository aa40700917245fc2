"""Contents under their own hash. Written whole before any row names them, or not at all.

A content that no row names (its transaction failed, or its file was erased) is an orphan: nobody
can open it, and `gongzhi files check --tidy` removes it after a day.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

A_DAY = 24 * 3600.0
_PARTS = "00"
"""Where halves of files lie that are sealed while they arrive: their names come last."""


def keep(content: bytes) -> str:
    """Put the content on the disk, for good when this returns; its SHA-256 is its name."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists():
        os.utime(path)  # an orphan that is wanted again is no day old any more
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".part-{digest[:2]}", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    _settle(path.parent)
    return digest


def new_part() -> tuple[BinaryIO, Path]:
    """A file to write to whose name isn't known yet; see `settle`."""
    folder = _root() / _PARTS
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".part-{_PARTS}", dir=folder)
    return os.fdopen(handle, "wb"), Path(name)


def settle(part: Path, digest: str) -> None:
    """Give a part that was written whole its name, for good when this returns."""
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(path)
    _settle(path.parent)


def path_of(digest: str) -> Path:
    """Where the content of this hash lies, if it is there."""
    return _root() / digest[:2] / digest


def holds(digest: str) -> bool:
    """Whether the content is there and still is what its name says."""
    try:
        return sha256(path_of(digest).read_bytes()).hexdigest() == digest
    except OSError:
        return False


def discard(name: str) -> None:
    """Remove a content that no row names."""
    (_root() / name.removeprefix(".part-")[:2] / name).unlink(missing_ok=True)


def contents(older_than: float = A_DAY) -> Iterator[Path]:
    """Everything that was put here at least so many seconds ago, halves of files included."""
    before = time.time() - older_than
    for path in _root().glob("*/*"):
        if path.is_file() and path.stat().st_mtime < before:
            yield path


def _root() -> Path:
    root: Path = settings.HOME.files
    return root


def _settle(folder: Path) -> None:
    """Make the new name last, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
