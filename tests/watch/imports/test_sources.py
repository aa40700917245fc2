"""Whatever a file is written in, it is read as it was meant, or refused in one clear sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from gongzhi.base.files import sheets
from gongzhi.base.files import tables as reading
from gongzhi.base.files.tables import Row, opened
from gongzhi.base.ui.errors import Refused
from tests.watch.imports.files import HEADINGS, row, table, write


def rows(path: Path, encoding: str = "utf-8") -> list[Row]:
    with opened(path, HEADINGS, encoding) as source:
        assert source.headings == HEADINGS
        return list(source.rows)


def cells(path: Path, encoding: str = "utf-8") -> list[Sequence[object]]:
    found = rows(path, encoding)
    assert not [one.wrong for one in found if one.wrong]
    return [one.cells for one in found]


ONE = list(row(1).values())


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-8"),
    ],
)
def test_the_encoding_is_the_declared_one_unless_the_file_says_otherwise(
    folder: Path, written: str, declared: str
) -> None:
    path = write(folder / "a.csv", [row(1, where="𠮷祥路")], written)
    assert cells(path, declared) == [list(row(1, where="𠮷祥路").values())]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_usual_delimiter_and_line_end(folder: Path, delimiter: str, ends: str) -> None:
    path = folder / "a.csv"
    path.write_bytes(table([row(1)], delimiter).replace("\r\n", ends).encode())
    assert cells(path) == [ONE]


def test_line_breaks_and_quotes_inside_a_cell_stay_inside_it(folder: Path) -> None:
    where = 'first\nsecond "third"'
    assert cells(write(folder / "a.csv", [row(1, where=where)]))[0][3] == where


def test_blank_lines_are_no_rows_and_the_numbers_are_the_file_s(folder: Path) -> None:
    path = folder / "a.csv"
    path.write_text(table([row(1)]) + "\n,,,,,,,,\n" + table([row(2)]).split("\n")[1])
    assert [one.number for one in rows(path)] == [2, 5]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (b"1,2,3\n", "row_width"),
        (b"1,2,3,4,5,6,7,8,9,10\n", "row_width"),
        (b"1,2,\x00,4,5,6,7,8,9\n", "row_nul"),
        (b"1,2,\xff\xfe,4,5,6,7,8,9\n", "row_encoding"),
        (b"1,2," + b"x" * 200_000 + b",4,5,6,7,8,9\n", "row_unreadable"),
    ],
)
def test_a_broken_row_says_how_and_the_next_one_is_read(
    folder: Path, line: bytes, wrong: str
) -> None:
    path = folder / "a.csv"
    head, good = table([row(1)]).encode().splitlines(keepends=True)
    path.write_bytes(head + line + good)
    assert [one.wrong for one in rows(path)] == [wrong, ""]


def test_a_quote_that_is_never_closed_does_not_swallow_all_in_silence(folder: Path) -> None:
    path = folder / "a.csv"
    head, good = table([row(1)]).encode().splitlines(keepends=True)
    path.write_bytes(head + b'1,"2\n' + good * 5000)
    found = rows(path)
    assert found[0].wrong == "row_unreadable"
    assert sum(not one.wrong for one in found) > 2000


def book(path: Path, *lines: Sequence[object]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    for line in ([*HEADINGS], *lines):
        sheet.append(line)
    made.save(path)
    return path


def test_excel_gives_values_texts_and_times(folder: Path) -> None:
    at = datetime(2026, 3, 1, 8, 0)  # noqa: DTZ001  (as a spreadsheet has it)
    path = book(
        folder / "a.xlsx",
        [1, at, "crash", None, 122.2, 30.1, 46082.5, "=1+1", None],
        [],
        [19525.0, at, "a ", "b", 1e20, -0.5, True],
    )
    found = cells(path)
    # A formula that no spreadsheet has computed has no value; it is never shown as a formula.
    assert found[0] == ["1", at, "crash", "", "122.2", "30.1", "46082.5", "", ""]
    assert found[1] == ["19525", at, "a", "b", "1e+20", "-0.5", "True", "", ""]


def test_an_excel_file_is_known_by_what_it_is_and_not_by_its_name(folder: Path) -> None:
    book(folder / "a.xlsx", list(row(1).values()))
    path = (folder / "a.xlsx").rename(folder / "a.csv")
    assert cells(path) == [ONE]


def squeezed(size: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * size)
    return held.getvalue()


def test_a_small_file_that_unfolds_to_a_huge_one_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "LARGEST", 1_000_000)
    monkeypatch.setattr(reading, "LARGEST", 1_000_000)
    (folder / "a.xlsx").write_bytes(squeezed(2_000_000))
    (folder / "a.csv.gz").write_bytes(gzip.compress(table([row(1)] * 20_000).encode()))
    for name in ("a.xlsx", "a.csv.gz"):
        with pytest.raises(Refused) as refused:
            rows(folder / name)
        assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"PK\x03\x04 nonsense", "no_workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0 old", "old_excel"),
        ("a.csv.gz", gzip.compress(table([row(1)] * 2000).encode())[:-40], "broken_file"),
        ("a.csv.gz", b"\x1f\x8b nonsense", "broken_file"),
        ("a.csv", b"", "wrong_columns"),
        ("a.csv", b"no,when,what\n1,2,3\n", "wrong_columns"),
    ],
)
def test_what_is_no_such_table_is_refused(
    folder: Path, name: str, content: bytes, code: str
) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(Refused) as refused:
        rows(folder / name)
    assert refused.value.code == code


def test_missing_columns_are_named(folder: Path) -> None:
    (folder / "a.csv").write_text("no,when,what,where,lon,lat,sent\n")
    with pytest.raises(Refused, match="there, done"):
        rows(folder / "a.csv")


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_a_file_that_is_not_there_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(Refused, match="打不开文件"):
        rows(folder / name)
