"""The rows that could not be imported, each with its reason, as a file one can mend and import."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from gongzhi.base.files.tables import REASONS, Row
from gongzhi.base.ui.errors import Refused


class Rejects:
    """``<input name>.rejected.csv`` in the working folder. It isn't made before a row needs it.

    `kept`: how many bytes of it an interrupted run is sure of; the rest is written again.
    """

    def __init__(self, source: Path, headings: Sequence[str], *, kept: int = 0) -> None:
        self.path = Path.cwd() / f"{source.name}.rejected.csv"
        self.headings = headings
        self._file: BinaryIO | None = None
        if kept:
            self._file = self.path.open("r+b")
            self._file.truncate(kept)
            self._file.seek(kept)
        else:
            self.path.unlink(missing_ok=True)

    @staticmethod
    def are_kept(source: Path, kept: int) -> bool:
        """Whether the file still has what an interrupted run had written."""
        path = Path.cwd() / f"{source.name}.rejected.csv"
        return not kept or (path.is_file() and path.stat().st_size >= kept)

    def __enter__(self) -> Rejects:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: Row, why: Refused | None = None) -> None:
        """Write the row, as it was, behind its number and the reason."""
        if self._file is None:
            self._file = self.path.open("wb")
            self._write(["row", "code", "reason", *self.headings], mark=True)
        code = why.code if why else row.wrong
        reason = str(why or REASONS[row.wrong])
        self._write([row.number, code, reason, *row.cells])

    def written(self) -> int:
        """The file's length, once all that was added is on the disk."""
        if self._file is None:
            return 0
        self._file.flush()
        return self._file.tell()

    def _write(self, cells: Sequence[object], *, mark: bool = False) -> None:
        line = io.StringIO()
        csv.writer(line).writerow(cells)
        text = line.getvalue().replace("\x00", "�")
        assert self._file is not None  # noqa: S101
        # The mark lets a spreadsheet know that it is UTF-8.
        self._file.write((b"\xef\xbb\xbf" if mark else b"") + text.encode("utf-8", "replace"))
