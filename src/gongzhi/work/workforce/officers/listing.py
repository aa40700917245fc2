"""A list of people as a file has it: what its columns are called, and what a row asks to write."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.tables import REASONS, Row, table_of
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.states import Grade

MOST_ROWS = 2000
COLUMNS: Mapping[str, str | Promise] = {
    "username": gettext_lazy("用户名"),
    "unit": gettext_lazy("单位代码"),
    "post": gettext_lazy("岗位"),
    "share": gettext_lazy("占用（%）"),
    "since": gettext_lazy("到岗日期"),
    "grade": gettext_lazy("警衔"),
    "grade_since": gettext_lazy("授衔日期"),
    "serves_since": gettext_lazy("参加工作"),
    "skill": gettext_lazy("技能证书"),
    "skill_since": gettext_lazy("发证日期"),
    "skill_until": gettext_lazy("有效期至"),
    "number": gettext_lazy("证号"),
    "training": gettext_lazy("培训"),
    "hours": gettext_lazy("学时"),
    "training_on": gettext_lazy("培训结束"),
}
"""What may stand in the heading: the code, or its title in any language of the platform."""
_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?")


@dataclass(frozen=True)
class Listed:
    """A row: its number in the file, what it says by column, and why it can't be read if so."""

    number: int
    cells: Mapping[str, str]
    wrong: str = ""


def read_list(content: bytes) -> list[Listed]:
    """All rows of a CSV or Excel file. Refuses what is no table, has no column of user names, or
    more than `MOST_ROWS` rows."""
    known = headings()
    with table_of(
        io.BytesIO(content), (), _encoding(content), size=len(content), known=list(known)
    ) as source:
        codes = [known.get(heading, "") for heading in source.headings]
        if "username" not in codes:
            words = _("文件里没有“用户名”这一列。")
            raise Refused(words, code="file", status=422, fields={"file": words})
        found = []
        for row in source.rows:
            found.append(_listed(row, codes))
            if len(found) > MOST_ROWS:
                words = _("一次最多 %(n)s 行，请分成几份。") % {"n": MOST_ROWS}
                raise Refused(words, code="file", status=422, fields={"file": words})
    return found


def headings() -> dict[str, str]:
    """Every heading that is understood, and the code of its column."""
    found = {code: code for code in COLUMNS}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {str(title): code for code, title in COLUMNS.items()}
    return found


def _encoding(content: bytes) -> str:
    """UTF-8, or what Excel in China writes."""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def rows_of(kept: str) -> list[Listed]:
    """The rows of a list as it is kept."""
    return [Listed(number_, cells, wrong) for number_, cells, wrong in json.loads(kept)]


def kept_as(rows: Iterable[Listed]) -> str:
    """The other way round."""
    return json.dumps([[one.number, dict(one.cells), one.wrong] for one in rows])


def _listed(row: Row, codes: Sequence[str]) -> Listed:
    if row.wrong:
        return Listed(row.number, {}, str(REASONS[row.wrong]))
    cells = {code: _text(cell) for code, cell in zip(codes, row.cells, strict=True) if code}
    return Listed(row.number, {code: text for code, text in cells.items() if text})


def _text(cell: object) -> str:
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell).strip()


def day(cells: Mapping[str, str], column: str) -> date | None:
    """The day in a column; None where it is empty. Refuses what is no day."""
    told = cells.get(column, "")
    if not told:
        return None
    with suppress(ValueError):
        if parts := _DAY.fullmatch(told):
            return date(*map(int, parts.groups()))
    raise _no(column, _("“%(told)s”不是日期，请写成 2026-01-31。") % {"told": told[:20]})


def needed_day(cells: Mapping[str, str], column: str) -> date:
    """The same of a column that must not be empty."""
    found = day(cells, column)
    if found is None:
        raise _no(column, _("请写“%(column)s”。") % {"column": COLUMNS[column]})
    return found


def number(cells: Mapping[str, str], column: str, otherwise: int) -> int:
    """The number in a column."""
    told = cells.get(column, "").rstrip("%")
    if told and not told.isdecimal():
        raise _no(column, _("“%(told)s”不是数。") % {"told": told[:20]})
    return int(told) if told else otherwise


def skill_code(told: str) -> str:
    """A skill by its code or its name. Refuses one that there isn't."""
    return _named(told, ((one.code, one.name.zh, one.name.en)
                         for one in catalogue().skills.values()), "skill")  # fmt: skip


def grade_code(told: str) -> str:
    """A grade by its code or its name. Refuses one that the law doesn't know."""
    return _named(told, ((one.value, str(one.label)) for one in Grade), "grade")


def _named(told: str, known: Iterable[tuple[str, ...]], column: str) -> str:
    for code, *names in known:
        if told in (code, *names):
            return code
    words = _("没有“%(told)s”这种%(column)s。")
    raise _no(column, words % {"told": told[:30], "column": COLUMNS[column]})


def _no(column: str, words: str) -> Refused:
    return Refused(words, code=column, status=422, fields={column: words})
