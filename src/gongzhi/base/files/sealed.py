"""A file that was sealed while it came, and waits for the action that keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gongzhi.base.files import store
from gongzhi.base.files.keys import new_key
from gongzhi.base.files.kinds import kind_of
from gongzhi.base.files.streams import Sealing, opened

START = 4096
"""Bytes from which is told what a file is."""


class Sealed:
    """Sealed under a key of its own that only this object holds: without it, what is written is
    nobody's to read. Closing it removes what nobody has kept."""

    def __init__(self, key: bytes = b"") -> None:
        self.key, self.start = key or new_key(), b""
        self._out, self.part = store.new_part()
        self._sealing = Sealing(self._out, self.key)
        self.kept = False

    @classmethod
    def of(cls, content: bytes | Iterable[bytes], key: bytes = b"") -> Sealed:
        """Something that is here already; under a key of its own, or another file's of its row."""
        made = cls(key)
        try:
            for piece in (content,) if isinstance(content, bytes) else content:
                made.write(piece)
            made.finish()
        except BaseException:
            made.close()
            raise
        return made

    def write(self, piece: bytes) -> None:
        """Seal more of it."""
        if len(self.start) < START:
            self.start += piece[: START - len(self.start)]
        self._sealing.write(piece)

    def finish(self) -> None:
        """That was all."""
        self._sealing.finish()
        self._out.close()

    def keep(self) -> str:
        """Put it into the store for good; the name under which it lies there."""
        if not self.kept:
            store.settle(self.part, self.sealed_sha256)
            self.kept = True
        return self.sealed_sha256

    def close(self) -> None:
        """Remove it, unless somebody kept it."""
        self._out.close()
        if not self.kept:
            self.part.unlink(missing_ok=True)

    @property
    def length(self) -> int:
        """In the clear."""
        return self._sealing.bytes

    @property
    def sha256(self) -> str:
        """Of its content."""
        return self._sealing.sha256

    @property
    def sealed_sha256(self) -> str:
        """Of what lies on the disk."""
        return self._sealing.sealed_sha256

    @property
    def media_type(self) -> str:
        """What its bytes say it is."""
        return kind_of(self.start)

    def pieces(self) -> Iterator[bytes]:
        """Its content again."""
        path = store.path_of(self.sealed_sha256) if self.kept else self.part
        with Path(path).open("rb") as content:
            yield from opened(content, self.key)
