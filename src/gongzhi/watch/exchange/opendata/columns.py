"""What each column says: taken from the data catalogue's elements, not typed a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.open_dataset import Column, OpenDataset
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.exchange.datasets.fields import element_named

ELEMENT = {
    Column.PERIOD: "opendata.period", Column.TOWN: "town", Column.CATEGORY: "category",
    Column.CELL: "h7", Column.HOURS: "opendata.hours", Column.SERVICE: "service",
}  # fmt: skip
"""The element that says what a column means."""
COUNT = "opendata.count"
NAMED = frozenset({Column.TOWN, Column.CATEGORY, Column.SERVICE})
"""Columns of codes: beside each stands how people call it, in both languages."""
Said = tuple[str, str]
"""Chinese and English."""


@dataclass(frozen=True)
class Told:
    """One column of the files."""

    name: str
    kind: str
    """``string``, ``integer`` or ``number``."""
    zh: str
    en: str
    standard: str = ""

    @property
    def says(self) -> str:
        """What it means, in the reader's language."""
        return self.en if (get_language() or "").startswith("en") else self.zh

    @property
    def words(self) -> dict[str, str]:
        """In both languages."""
        return {"zh": self.zh, "en": self.en}


def columns_of(recipe: OpenDataset) -> list[Told]:
    """All columns, in the order of the files."""
    found: list[Told] = []
    for column in recipe.by:
        found.append(_told(column.value, "string", ELEMENT[column]))
        if column in NAMED:
            found += [_told(f"{column}_{code}", "string", name) for code, name in NAMES.items()]
        if column == Column.CELL:
            found += [_told(name, "number", element) for name, element in MIDDLE.items()]
    return [*found, _told("count", "integer", COUNT)]


def _told(name: str, kind: str, element: str) -> Told:
    said = element_named(element)
    return Told(name, kind, said.zh, said.en, said.standard)


def _both(words: Promise | str | Any) -> Said:
    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append(str(words))
    return said[0], said[1]


NAMES = {"zh": "opendata.name_zh", "en": "opendata.name_en"}
"""Of what a code is called, by language: the element that says so."""
MIDDLE = {"lat": "opendata.lat", "lon": "opendata.lon"}
"""The same for the middle of a hexagon."""


def names_of(column: Column, towns: Mapping[str, Said]) -> Mapping[str, Said]:
    """What each code of a column is called."""
    if column == Column.TOWN:
        return {**towns, "": _both(_("不知道在哪个乡镇"))}
    known: Mapping[str, Any] = (
        catalogue().categories if column == Column.CATEGORY else catalogue().services
    )
    return {code: (one.name.zh, one.name.en) for code, one in known.items()}


def codes_of(recipe: OpenDataset, towns: Mapping[str, Said]) -> Mapping[str, Sequence[Any]]:
    """The codes of each column that has codes."""
    return {
        column.value: [
            {"code": code, "zh": zh, "en": en} for code, (zh, en) in names_of(column, towns).items()
        ]
        for column in recipe.by if column in NAMED
    }  # fmt: skip
