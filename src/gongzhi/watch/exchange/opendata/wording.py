"""How a dataset is told of in sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.open_dataset import Column, OpenDataset
from gongzhi.watch.exchange.opendata.columns import NAMED, names_of
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.periods import bounds_of
from gongzhi.watch.exchange.opendata.places import town_names

COLUMN = {
    Column.PERIOD: gettext_lazy("哪一期"), Column.TOWN: gettext_lazy("乡镇"),
    Column.CATEGORY: gettext_lazy("什么事"), Column.CELL: gettext_lazy("哪个网格"),
    Column.HOURS: gettext_lazy("一天里的哪一段"), Column.SERVICE: gettext_lazy("事项"),
}  # fmt: skip
LENGTH = {
    "month": gettext_lazy("每月"), "quarter": gettext_lazy("每季"), "year": gettext_lazy("每年"),
}  # fmt: skip
FORMS = {
    ".csv": gettext_lazy("表格，Excel 能打开"), ".parquet": gettext_lazy("给分析程序用"),
    ".geojson": gettext_lazy("给地图软件用"), ".dictionary.json": gettext_lazy("数据字典"),
    ".csv-metadata.json": gettext_lazy("CSV 的说明（CSVW）"),
}  # fmt: skip
"""What each file is for, by the end of its name; the checksums stand with the versions."""


def what_a_row_is(recipe: OpenDataset) -> str:
    """In one line: what is told apart."""
    between = _("、")
    return between.join(str(COLUMN[column]) for column in recipe.by)


def last_day_of(recipe: OpenDataset, version: Version | None) -> date | None:
    """Up to which day it tells."""
    told = [*version.periods, *version.again] if version else []
    return bounds_of(max(told), recipe.period)[1] - timedelta(days=1) if told else None


def codes_said(recipe: OpenDataset) -> Mapping[Column, Mapping[str, str]]:
    """What the codes of each column are called, in the reader's language."""
    towns = town_names() if Column.TOWN in recipe.by else {}
    english = (get_language() or "").startswith("en")
    return {
        column: {code: both[english] for code, both in names_of(column, towns).items()}
        for column in recipe.by if column in NAMED
    }  # fmt: skip


def headings(recipe: OpenDataset) -> list[Any]:
    """Of the columns and the count."""
    return [*(COLUMN[column] for column in recipe.by), _("多少件")]
