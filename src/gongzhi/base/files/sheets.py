"""Excel files: the values of the first sheet, as texts and times."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused

LARGEST = 1024**3
"""Bytes that the parts of a workbook may unfold to, as it says itself."""


def sheet_rows(raw: IO[bytes]) -> Iterator[list[object]]:
    """The rows of the first sheet, values only: of a formula what was last computed, else nothing.

    Refuses what is no workbook, and one that unfolds to more than `LARGEST`.
    """
    import openpyxl

    _refuse_bombs(raw)
    try:
        book = openpyxl.load_workbook(raw, read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except (KeyError, ValueError, IndexError, ParseError) as wrong:
        raise _no_workbook() from wrong
    width = 0
    for values in sheet.iter_rows(values_only=True):
        row = [_cell(value) for value in values]
        while row and row[-1] == "":
            row.pop()
        width = width or len(row)  # the headings': empty cells at the end of a row are left out
        yield row + [""] * (width - len(row))


def _refuse_bombs(raw: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(raw) as parts:
            names = set(parts.namelist())
            unfolded = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as wrong:
        raise _no_workbook() from wrong
    raw.seek(0)
    if "xl/workbook.xml" not in names:
        raise _no_workbook()
    if unfolded > LARGEST:
        raise Refused(_("文件解开后太大，请分成几份再导入。"), code="too_large")


def _no_workbook() -> Refused:
    return Refused(_("这不是能读的 Excel 文件（.xlsx）。"), code="no_workbook")


def _cell(value: object) -> object:
    """A datetime as it is; everything else as the text that one sees."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  (the mapping's zone)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
