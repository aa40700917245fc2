"""Files of residents' messages: CSV, plain or packed with gzip, as petition offices export it."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SUBJECT, BODY, LABEL, NUMBER, BACKING = (
    "留言主题", "留言详情", "一级标签", "留言编号", "点赞数",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """``number``: as the file numbers it, or its row. ``backing``: how many want the same."""

    number: str
    subject: str
    body: str
    label: str
    backing: int

    @property
    def whole(self) -> str:
        """Subject and body, one after the other."""
        return f"{self.subject}。{self.body}"


def written_messages(file: Path, *, needs: Sequence[str]) -> list[WrittenMessage]:
    """The messages of a file, in its order; rows where all of ``needs`` is empty are left out.

    Raises OSError where it can't be opened, and ValueError, with the row, where it is no such file.
    """
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in needs if name not in (rows.fieldnames or ())]
        if missing:
            raise ValueError(f"no column {', '.join(missing)}")
        return [one for one in _read(rows) if any(_of(one, name) for name in needs)]


def _of(one: WrittenMessage, column: str) -> str:
    return {SUBJECT: one.subject, BODY: one.body, LABEL: one.label}.get(column, "")


def _read(rows: csv.DictReader[str]) -> Iterator[WrittenMessage]:
    try:
        for number, row in enumerate(rows, 1):
            told = {name: (value or "") for name, value in row.items() if isinstance(value, str)}
            backing = told.get(BACKING, "").strip()
            yield WrittenMessage(
                number=told.get(NUMBER, "").strip() or str(number),
                subject=told.get(SUBJECT, "").strip(),
                body="".join(told.get(BODY, "").split()),
                label=told.get(LABEL, "").strip(),
                backing=int(backing) if backing.isdecimal() else 0,
            )
    except (csv.Error, UnicodeDecodeError, EOFError, gzip.BadGzipFile) as wrong:
        raise ValueError(f"after row {rows.line_num}: {wrong}") from wrong
