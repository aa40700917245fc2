"""What a county has in its home beside database, files and keys, as one stream (tar)."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from typing import IO, Any, cast

from gongzhi.config.home import Home
from gongzhi.config.keeping.state import Wont


def pack(home: Home, out: Any) -> None:
    """Write all parts to `out`."""
    with tarfile.open(fileobj=cast("IO[bytes]", out), mode="w|") as tar:
        for path in parts(home):
            tar.add(path, path.relative_to(home.root).as_posix(), recursive=False)


def parts(home: Home) -> Iterator[Path]:
    """Every file and folder of them, folders before what lies in them."""
    for part in home.carried:
        if part.is_dir():
            yield part
            yield from sorted(path for path in part.rglob("*") if not path.is_symlink())
        elif part.is_file():
            yield part


def unpack(pieces: Iterator[bytes], home: Home) -> None:
    """Put them where they belong, in a home that has none."""
    allowed = {part.name for part in home.carried}
    with tarfile.open(fileobj=cast("IO[bytes]", _Stream(pieces)), mode="r|") as tar:
        for member in tar:
            if Path(member.name).parts[0] not in allowed:
                raise Wont(f"{member.name} is no part of a county's home.")
            tar.extract(member, home.root, filter="data")


class _Stream(RawIOBase):
    """Pieces, as a file that can be read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        number = min(len(buffer), len(self._left))
        buffer[:number], self._left = self._left[:number], self._left[number:]
        return number
