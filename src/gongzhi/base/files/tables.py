"""Reading files as other systems write them: CSV, gzip, Excel. A bad row is told, never fatal."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.files.sheets import sheet_rows
from gongzhi.base.ui.errors import Refused

LARGEST = 4 * 1024**3
"""Characters that a file may unfold to: a gzip of a few kilobytes could fill any disk."""
LONGEST_LINE = 1024 * 1024
LONGEST_FIELD = 131_072
DELIMITERS = ",;\t|"
REASONS: dict[str, str | Promise] = {
    "row_width": gettext_lazy("这一行的格数和表头不一样。"),
    "row_nul": gettext_lazy("有无法保存的字符（NUL）。"),
    "row_encoding": gettext_lazy("有不属于所声明编码的字符。"),
    "row_unreadable": gettext_lazy("这一行读不出来：引号没有闭合，或者有一格太长。"),
}
"""Why a row can't even be read, by `Row.wrong`."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UNDECODED = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (the headings are row 1), its cells, what is wrong with it.

    A cell is a text without blanks around it, or a datetime where a spreadsheet has one.
    """

    number: int
    cells: Sequence[object]
    wrong: str = ""
    """The code of a reason why it can't even be read."""


@dataclass
class Source:
    """An open file: its headings, its rows, and how much of it is read."""

    headings: list[str]
    rows: Iterator[Row]
    size: int
    raw: IO[bytes] | None = field(default=None, repr=False)

    @property
    def share(self) -> float:
        """How much is read, from 0 to 1."""
        if self.raw is None or self.raw.closed or not self.size:
            return 0.0
        return min(1.0, self.raw.tell() / self.size)


@contextmanager
def opened(
    path: Path, columns: Sequence[str], encoding: str, *, expects: Sequence[str] = ()
) -> Iterator[Source]:
    """The file, once it is clear that it has the columns. Refuses what can't be read as a table.

    ``expects``: columns that may be there, and by which the delimiter is recognised.
    """
    try:
        raw = path.open("rb")
    except OSError as wrong:
        reason = wrong.strerror or str(wrong)
        raise Refused(
            _("打不开文件“%(file)s”：%(reason)s。") % {"file": path, "reason": reason},
            code="no_file",
        ) from wrong
    size = path.stat().st_size
    with raw, table_of(
        raw, columns, encoding, size=size, name=path, known=expects
    ) as source:  # fmt: skip
        yield source


@contextmanager
def table_of(
    raw: IO[bytes], columns: Sequence[str], encoding: str, *,
    size: int = 0, name: object = "", known: Sequence[str] = (),
) -> Iterator[Source]:  # fmt: skip
    """The same of an open file, as one that was uploaded. ``known``: columns that may be there,
    besides those that must."""
    try:
        yield _source(raw, size, columns, [*columns, *known], encoding)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as broken:
        raise Refused(
            _("文件“%(file)s”不完整或已损坏，读到一半就断了。") % {"file": name},
            code="broken_file",
        ) from broken


def csv_shape(path: Path, columns: Sequence[str], encoding: str) -> tuple[str, str]:
    """Encoding and delimiter of a CSV file, by its mark and its headings."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        unfolded = gzip.GzipFile(fileobj=raw) if packed else raw
        text, named = _text(cast("IO[bytes]", unfolded), encoding)
        return named, _delimiter(next(_lines(text), ""), columns)


def _source(
    raw: IO[bytes], size: int, columns: Sequence[str], known: Sequence[str], encoding: str
) -> Source:
    start = raw.read(8)
    raw.seek(0)
    if start.startswith(b"PK\x03\x04"):
        table = _numbered(sheet_rows(raw))
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_("这是旧版 Excel 文件（.xls），请另存为 .xlsx 再导入。"), code="old_excel")
    else:
        unfolded = gzip.GzipFile(fileobj=raw) if start.startswith(b"\x1f\x8b") else raw
        table = _text_rows(cast("IO[bytes]", unfolded), known, encoding)
    first = next(table, None)
    headings = [str(cell).strip() for cell in first.cells] if first else []
    missing = [column for column in columns if column not in headings]
    if missing:
        raise Refused(
            _("文件里没有映射所需的列：%(columns)s。") % {"columns": ", ".join(missing)},
            code="wrong_columns",
        )
    return Source(headings, (_checked(row, len(headings)) for row in table), size, raw)


def _checked(row: Row, width: int) -> Row:
    """The row, with what is wrong with it if anything is."""
    if row.wrong:
        return row
    texts = [cell for cell in row.cells if isinstance(cell, str)]
    wrong = ""
    if len(row.cells) != width:
        wrong = "row_width"
    elif any("\x00" in text for text in texts):
        wrong = "row_nul"
    elif any(_UNDECODED.search(text) for text in texts):
        wrong = "row_encoding"
    return Row(row.number, row.cells, wrong)


def _text(binary: IO[bytes], encoding: str) -> tuple[io.TextIOWrapper, str]:
    """The file as text, and the encoding that it has."""
    buffered = io.BufferedReader(cast("io.RawIOBase", binary))
    mark = buffered.peek(4)[:4]
    named = next((name for bom, name in _MARKS if mark.startswith(bom)), encoding)
    errors = "replace" if named == "utf-16" else "surrogateescape"
    return io.TextIOWrapper(buffered, encoding=named, errors=errors, newline=""), named


def _text_rows(binary: IO[bytes], columns: Sequence[str], encoding: str) -> Iterator[Row]:
    text, _named = _text(binary, encoding)
    lines = _lines(text)
    head = next(lines, "")
    reader = csv.reader(_first_then(head, lines), delimiter=_delimiter(head, columns))
    csv.field_size_limit(LONGEST_FIELD)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, [], "row_unreadable")
            continue
        if any(cell.strip() for cell in cells):
            yield Row(number, [cell.strip() for cell in cells])


def _first_then(head: str, lines: Iterator[str]) -> Iterator[str]:
    yield head
    yield from lines


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines of bounded length, of a file of bounded length."""
    read = 0
    while line := text.readline(LONGEST_LINE):
        read += len(line)
        if read > LARGEST:
            raise Refused(_("文件解开后太大，请分成几份再导入。"), code="too_large")
        yield line


def _delimiter(head: str, columns: Sequence[str]) -> str:
    """The one that shows most of the columns in the headings."""

    def shown(delimiter: str) -> int:
        headings = {cell.strip() for cell in next(csv.reader([head], delimiter=delimiter), [])}
        return len(headings & set(columns))

    return max(DELIMITERS, key=shown)


def _numbered(table: Iterator[list[object]]) -> Iterator[Row]:
    for number, cells in enumerate(table, start=1):
        if any(cell != "" for cell in cells):
            yield Row(number, cells)
