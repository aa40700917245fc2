"""The one definition of what the lake holds. Whatever is written, read or documented comes from it.

A column's kind says what it *can* hold. There is no kind for a name, a number that somebody is
called by, free text or an exact point, so that no column can carry a person
(`tests/safeguards/test_lake.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import pyarrow as pa
    from django.utils.functional import _StrOrPromise


class Kind(StrEnum):
    """What a column can hold."""

    KEY = "key"
    """16 hex digits that nobody outside the county can lead back to a matter."""
    CODE = "code"
    """An item of the catalogue or of the code: small letters, digits and _."""
    TIME = "time"
    """UTC, to the second."""
    WHOLE = "whole"
    CELL = "cell"
    """An H3 cell, of resolution 8 (0.74 km²) or coarser."""
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """One column: its name, what it can hold, and what it says."""

    name: str
    kind: Kind
    says: _StrOrPromise


COLUMNS = (
    Column("fact", Kind.KEY, _("哪一条事实；本县每次导出都相同")),
    Column("source", Kind.CODE, _("随哪个导入来源而来；本县自己的为空")),
    Column("kind", Kind.CODE, _("incident 警情，request 诉求")),
    Column("category", Kind.CODE, _("什么事（`catalogue/categories`）")),
    Column("priority", Kind.WHOLE, _("紧急程度 1 至 4，以最后为准")),
    Column("channel", Kind.CODE, _("怎么来的")),
    Column("resident", Kind.FLAG, _("由居民来电或反映；否则是民警自己遇到的")),
    Column("opened_at", Kind.TIME, _("最早告知的时间")),
    Column("town", Kind.CODE, _("所在乡镇，不知道时为空")),
    Column("h7", Kind.CELL, _("7 级网格（5.2 平方公里）")),
    Column("h8", Kind.CELL, _("8 级网格（0.74 平方公里）")),
    Column("told", Kind.WHOLE, _("说了几次：来电数，或加入的居民数")),
    Column("units", Kind.WHOLE, _("派出的出警单位数")),
    Column("assigned_after", Kind.WHOLE, _("多少秒后派出第一个单位")),
    Column("set_off_after", Kind.WHOLE, _("多少秒后第一个单位出发")),
    Column("arrived_after", Kind.WHOLE, _("多少秒后第一个单位到场")),
    Column("cleared_after", Kind.WHOLE, _("多少秒后最后一个单位处置完毕")),
    Column("closed_after", Kind.WHOLE, _("多少秒后办结；还在办时为空")),
    Column("step", Kind.CODE, _("走到哪个环节（`catalogue/procedures`）")),
    Column("outcome", Kind.CODE, _("处置结果；还在办时为空")),
    Column("solved", Kind.FLAG, _("居民的评判；没人评判时为空")),
    Column("merged", Kind.FLAG, _("说的是另一件事的重复，不计数")),
)
"""``fact`` first; the order is the order in the files."""
NAMES = tuple(one.name for one in COLUMNS)
MAY_BE_EMPTY = frozenset(
    {"h7", "h8", "solved", *(name for name in NAMES if name.endswith("_after"))}
)


def arrow() -> pa.Schema:
    """The same for Parquet (`pyarrow`), loaded where it is needed only."""
    import pyarrow as pa

    types = {
        Kind.KEY: pa.string(), Kind.CODE: pa.dictionary(pa.int32(), pa.string()),
        Kind.TIME: pa.timestamp("s", tz="UTC"), Kind.WHOLE: pa.int32(),
        Kind.CELL: pa.int64(), Kind.FLAG: pa.bool_(),
    }  # fmt: skip
    return pa.schema(
        pa.field(one.name, types[one.kind], nullable=one.name in MAY_BE_EMPTY) for one in COLUMNS
    )
