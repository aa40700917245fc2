"""The one definition of what the lake holds. Whatever is written, read or documented comes from it.

A column's kind says what it *can* hold. There is no kind for a name, a number that somebody is
called by, free text or an exact point, so that no column can carry a person
(`tests/safeguards/test_lake.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


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
    """One column: its name, what it can hold, and what it says in both languages."""

    name: str
    kind: Kind
    zh: str
    en: str


COLUMNS = (
    Column(
        "fact",
        Kind.KEY,
        "哪一条事实；本县每次导出都相同",
        "which fact; the same in every export of this county",
    ),
    Column(
        "source",
        Kind.CODE,
        "随哪个导入来源而来；本县自己的为空",
        "the imported source it came with; empty for the county's own",
    ),
    Column("kind", Kind.CODE, "incident 警情，request 诉求", "incident or request"),
    Column(
        "category",
        Kind.CODE,
        "什么事（`catalogue/categories`）",
        "what it was about (`catalogue/categories`)",
    ),
    Column("priority", Kind.WHOLE, "紧急程度 1 至 4，以最后为准", "1 to 4, as it was last"),
    Column("channel", Kind.CODE, "怎么来的", "how it came in"),
    Column(
        "resident",
        Kind.FLAG,
        "由居民来电或反映；否则是民警自己遇到的",
        "somebody called or reported it; false: officers met it",
    ),
    Column("opened_at", Kind.TIME, "最早告知的时间", "when it was first told"),
    Column(
        "town", Kind.CODE, "所在乡镇，不知道时为空", "the town it lies in, empty where nobody knows"
    ),
    Column("h7", Kind.CELL, "7 级网格（5.2 平方公里）", "the cell of resolution 7 (5.2 km²)"),
    Column("h8", Kind.CELL, "8 级网格（0.74 平方公里）", "the cell of resolution 8 (0.74 km²)"),
    Column(
        "told",
        Kind.WHOLE,
        "说了几次：来电数，或加入的居民数",
        "how often it was told: calls, or residents who joined",
    ),
    Column("units", Kind.WHOLE, "派出的出警单位数", "response units sent"),
    Column(
        "assigned_after",
        Kind.WHOLE,
        "多少秒后派出第一个单位",
        "seconds until the first unit was sent",
    ),
    Column(
        "set_off_after",
        Kind.WHOLE,
        "多少秒后第一个单位出发",
        "seconds until the first unit set off",
    ),
    Column(
        "arrived_after",
        Kind.WHOLE,
        "多少秒后第一个单位到场",
        "seconds until the first unit was there",
    ),
    Column(
        "cleared_after",
        Kind.WHOLE,
        "多少秒后最后一个单位处置完毕",
        "seconds until the last unit was done",
    ),
    Column(
        "closed_after",
        Kind.WHOLE,
        "多少秒后办结；还在办时为空",
        "seconds until it was over; empty while it goes on",
    ),
    Column(
        "step",
        Kind.CODE,
        "走到哪个环节（`catalogue/procedures`）",
        "where it stands (`catalogue/procedures`)",
    ),
    Column(
        "outcome",
        Kind.CODE,
        "处置结果；还在办时为空",
        "what came of it (disposition); empty while it goes on",
    ),
    Column(
        "solved",
        Kind.FLAG,
        "居民的评判；没人评判时为空",
        "what residents judged; empty when nobody did",
    ),
    Column(
        "merged",
        Kind.FLAG,
        "说的是另一件事的重复，不计数",
        "it was told a second time and belongs to another: not counted",
    ),
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
