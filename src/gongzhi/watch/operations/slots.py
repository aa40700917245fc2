"""A folder in which all processes of a machine count together, a numbered slot each.

A slot, not a process: whoever is started instead of one that died takes over its file and goes on
counting where it stood. So totals never go back, and no files pile up. The lock on a slot's file
ends with its process, however that dies.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

_held: list[IO[str]] = []
"""The lock of this process: open for as long as it lives."""


def take(folder: Path) -> str:
    """The lowest slot that no living process has, ours until we end."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = 0
    while not _lock(folder / f"{number}.slot"):
        number += 1
    return str(number)


def left(folder: Path) -> list[str]:
    """The slots whose process has gone and that nobody has taken over."""
    return [path.stem for path in folder.glob("*.slot") if _is_free(path)]


def _lock(path: Path) -> bool:
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return False
    _held.append(file)
    return True


def _is_free(path: Path) -> bool:
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
